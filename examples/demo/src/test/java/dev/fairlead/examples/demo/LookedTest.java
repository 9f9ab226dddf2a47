package dev.fairlead.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookedTest {
    private static final String DIGEST = "00000000000000ab over 3 keys at 7";

    private static Looked looked(String held) {
        return new Looked(Map.of(
                "reference", List.of("owns instrument " + DIGEST),
                "risk", List.of("holds instrument " + held, "sent 12")));
    }

    @Test
    void aCopyThatIsLiveAndHoldsTheSameAgrees() {
        assertThat(looked("LIVE " + DIGEST).disagreements()).isEmpty();
        assertThat(looked("LIVE " + DIGEST).copies()).isEqualTo(1);
        assertThat(looked("LIVE " + DIGEST).of("risk", "sent")).containsExactly("12");
    }

    @Test
    void aCopyThatIsNotOrHoldsSomethingElseDoesNot() {
        assertThat(looked("STALE " + DIGEST).disagreements())
                .singleElement()
                .asString()
                .startsWith("risk's copy of instrument is STALE");
        assertThat(looked("LIVE 00000000000000ab over 2 keys at 7").disagreements())
                .hasSize(1);
    }

    @Test
    void aCopyWithoutAnOwnerDoesNot() {
        assertThat(new Looked(Map.of("risk", List.of("holds instrument LIVE " + DIGEST))).disagreements())
                .hasSize(1);
    }
}
