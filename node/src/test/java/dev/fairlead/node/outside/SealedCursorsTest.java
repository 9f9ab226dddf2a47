package dev.fairlead.node.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedCursorsTest {
    @TempDir
    private Path folder;

    @Test
    void aPlaceIsOpenedByThePartThatItWasSealedForAndByNobodyElse() throws IOException {
        String sealed = SealedCursors.in(folder).seal("part", "shop.order@17");
        SealedCursors again = SealedCursors.in(folder);

        assertThat(again.open("part", sealed)).hasValue("shop.order@17");
        assertThat(again.open("other", sealed)).isEmpty();
        assertThat(SealedCursors.in(folder.resolve("other")).open("part", sealed))
                .isEmpty();
        for (int at = 0; at < sealed.length(); at++) {
            String changed =
                    sealed.substring(0, at) + (sealed.charAt(at) == 'A' ? 'B' : 'A') + sealed.substring(at + 1);
            assertThat(again.open("part", changed)).as("changed at %d", at).isEmpty();
        }
        assertThat(again.open("part", sealed.substring(1))).isEmpty();
        assertThat(again.open("part", "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void whatIsSealedTellsNothingOfThePlace() throws IOException {
        SealedCursors cursors = SealedCursors.in(folder);

        assertThat(cursors.seal("part", "1")).hasSameSizeAs(cursors.seal("part", "x".repeat(122)));
        assertThat(cursors.seal("part", "1")).isNotEqualTo(cursors.seal("part", "1"));
        assertThatThrownBy(() -> cursors.seal("part", "x".repeat(123))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatWasHalfWrittenIsMadeAnew() throws IOException {
        String sealed = SealedCursors.in(folder).seal("part", "1");
        Files.write(folder.resolve("cursors.key"), new byte[3]);

        assertThat(SealedCursors.in(folder).open("part", sealed)).isEmpty();
        assertThat(Files.size(folder.resolve("cursors.key"))).isEqualTo(16);
    }
}
