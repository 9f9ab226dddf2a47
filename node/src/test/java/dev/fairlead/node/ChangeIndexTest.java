package dev.fairlead.node;

import static dev.fairlead.node.outside.ValueFilter.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Change;
import dev.fairlead.api.Mark;
import dev.fairlead.engine.documents.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeIndexTest {
    private final ChangeIndex index = new ChangeIndex();

    private void put(String key, long version, long sequence) {
        index.note(new Change.Updated<>(key, new Document(key, new byte[0]), mark(version, sequence), 0));
    }

    private void remove(String key, long version, long sequence) {
        index.note(new Change.Removed<>(key, mark(version, sequence), 0));
    }

    private static ChangePlace at(long sequence) {
        return ChangePlace.at(sequence);
    }

    private static Mark mark(long version, long sequence) {
        return new Mark(version, sequence, 0, Instant.EPOCH, false);
    }

    @Test
    void eachKeyStandsAtItsNewestChange() {
        put("a", 1, 0);
        put("b", 1, 1);
        put("a", 2, 2);
        remove("b", 2, 3);

        assertThat(index.behind(WHOLE, at(-1), 10).orElseThrow().entries())
                .containsExactly(
                        new ChangeIndex.Entry("a", 2, at(2), false), new ChangeIndex.Entry("b", 2, at(3), true));
        assertThat(index.behind(WHOLE, at(2), 10).orElseThrow().entries()).hasSize(1);
        assertThat(index.behind(WHOLE, at(-1), 1).orElseThrow().entries()).hasSize(1);
        assertThat(index.keys(WHOLE, null)).containsExactly("a");
    }

    @Test
    void aRecordThatCameLateStandsBehindAllThatReadersMayHaveSeen() {
        put("a", 1, 0);
        put("b", 1, 4);
        put("c", 1, 2);
        put("d", 1, 3);

        ChangePlace c = new ChangePlace(4, 1);
        ChangePlace d = new ChangePlace(4, 2);
        assertThat(index.behind(WHOLE, at(4), 10).orElseThrow())
                .isEqualTo(new ChangeIndex.Behind(
                        List.of(new ChangeIndex.Entry("c", 1, c, false), new ChangeIndex.Entry("d", 1, d, false)), d));
        assertThat(index.behind(WHOLE, c, 10).orElseThrow().entries()).hasSize(1);
        assertThat(index.behind(WHOLE, d, 10).orElseThrow().entries()).isEmpty();
        put("c", 2, 5);
        assertThat(index.behind(WHOLE, d, 10).orElseThrow().entries())
                .containsExactly(new ChangeIndex.Entry("c", 2, at(5), false));
        assertThat(index.behind(WHOLE, at(1), 10).orElseThrow().entries())
                .extracting(ChangeIndex.Entry::key)
                .containsExactly("b", "d", "c");
        assertThat(index.covers(at(6))).as("beyond the end").isFalse();
    }

    @Test
    void whatCameLateBeforeARestartDoesNotCountAfterIt() {
        put("a", 1, 0);
        put("b", 1, 4);

        assertThat(index.known(new ChangePlace(4, 2))).contains(at(4));
        put("c", 1, 2);
        assertThat(index.known(new ChangePlace(4, 1))).contains(new ChangePlace(4, 1));
        assertThat(index.known(at(0))).contains(at(0));
        assertThat(index.known(at(5))).as("beyond the end").isEmpty();
    }

    @Test
    void aWaitEndsWithAChangeAndWithTheIndex() {
        Thread waiting =
                Thread.ofVirtual().start(() -> index.awaitBehind(WHOLE, at(0), Duration.ofMinutes(10), () -> true));
        put("a", 1, 1);
        join(waiting);
        Thread again =
                Thread.ofVirtual().start(() -> index.awaitBehind(WHOLE, at(1), Duration.ofMinutes(10), () -> true));
        index.close();
        join(again);

        assertThat(index.isClosed()).isTrue();
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String part, String key, long sequence, boolean isRemoval) {
        index.note(part, new ChangeIndex.Entry(key, 1, at(sequence), isRemoval));
    }

    @Test
    void whoSeesAPartFindsItsChangesAndKeysOnly() {
        note("a", "k1", 0, false);
        note("b", "k2", 1, false);
        note("a", "k3", 2, false);
        note("a", "k1", 3, true);
        note("b", "k1", 3, false);
        index.pass(9);

        assertThat(index.behind("a", at(-1), 10).orElseThrow())
                .isEqualTo(new ChangeIndex.Behind(
                        List.of(
                                new ChangeIndex.Entry("k3", 1, at(2), false),
                                new ChangeIndex.Entry("k1", 1, at(3), true)),
                        at(9)));
        assertThat(index.behind("a", at(-1), 1).orElseThrow().reached()).isEqualTo(at(2));
        assertThat(index.behind("c", at(-1), 1).orElseThrow()).isEqualTo(new ChangeIndex.Behind(List.of(), at(9)));
        assertThat(index.keys("a", null)).containsExactly("k3");
        assertThat(index.keys("b", null)).containsExactly("k1", "k2");
        assertThat(index.keys("b", "k1")).containsExactly("k2");
        assertThat(index.keys("", null)).isEmpty();
    }

    @Test
    void whoHasNotHeardOfAForgottenRemovalBeginsAnew() {
        note("a", "k1", 0, false);
        note("a", "k2", 1, false);
        note("a", "k1", 2, true);
        note("a", "k2", 3, true);
        note("a", "k2", 4, false);
        index.forget("a", new ChangeIndex.Entry("k1", 1, at(2), true));
        index.forget("a", new ChangeIndex.Entry("k2", 1, at(3), true));

        assertThat(index.behind("a", at(1), 10)).isEmpty();
        assertThat(index.behind("a", at(2), 10).orElseThrow().entries())
                .containsExactly(new ChangeIndex.Entry("k2", 1, at(4), false));
        assertThat(index.behind("a", at(-1), 10).orElseThrow().entries()).hasSize(1);
    }
}
