package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaDocsTest {
    @Test
    void aTextCannotLeaveItsComment() {
        assertThat(JavaDocs.escaped("a */ b \\u002a/ {@link x} <b>&amp; c\n@see d \u202E e \u0085 \uD83D\uDEA2"))
                .isEqualTo("a &#42;/ b &#92;u002a/ {&#64;link x} &lt;b&gt;&amp;amp; c &#64;see d   e   \uD83D\uDEA2");
    }
}
