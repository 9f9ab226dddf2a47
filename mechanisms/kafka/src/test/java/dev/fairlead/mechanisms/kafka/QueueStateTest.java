package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDepth;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueueStateTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final QueueState state = new QueueState();
    private long offset;

    private long send() {
        state.sent(offset, new Question(new byte[1], new byte[1]), null);
        return offset++;
    }

    private int step(QueueStep step, UUID by) {
        return state.apply(step, by, offset++, 0).count();
    }

    private QueueStep.Hold take(long message, UUID by) {
        assertThat(step(new QueueStep.Take(1, List.of(message)), by)).isEqualTo(1);
        return new QueueStep.Hold(message, offset - 1);
    }

    private QueueDepth depth() {
        return state.depth(NOW);
    }

    @Test
    void theFirstWhoTakesAMessageHasIt() {
        long message = send();
        take(message, ONE);
        assertThat(step(new QueueStep.Take(1, List.of(message)), OTHER)).isZero();
        assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 1, 0));
    }

    @Test
    void onlyTheNewestHoldCounts() {
        long message = send();
        QueueStep.Hold first = take(message, ONE);
        step(new QueueStep.Expire(List.of(first)), OTHER);
        QueueStep.Hold second = take(message, OTHER);

        assertThat(step(new QueueStep.Acknowledge(first), ONE)).isZero();
        assertThat(step(new QueueStep.GiveBack(first, NOW), ONE)).isZero();
        assertThat(step(new QueueStep.HandBack(first), ONE)).isZero();
        assertThat(step(new QueueStep.SetAside(first, NOW, "late"), ONE)).isZero();
        assertThat(step(new QueueStep.Acknowledge(second), OTHER)).isEqualTo(1);
        assertThat(step(new QueueStep.SetAside(second, NOW, "late"), OTHER)).isZero();
        assertThat(depth()).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }

    @Test
    void whoLeavesGivesBackItsOwnAndNoMore() {
        long mine = send();
        long yours = send();
        take(mine, ONE);
        take(yours, OTHER);
        assertThat(step(new QueueStep.Leave(), ONE)).isEqualTo(1);
        assertThat(state.due(NOW, 10, any -> true)).containsExactly(mine);
    }

    @Test
    void whatIsGivenBackComesBehindTheOthersAndWhatIsHandedBackWhereItWas() {
        long first = send();
        long second = send();
        step(new QueueStep.HandBack(take(first, ONE)), ONE);
        assertThat(state.due(NOW, 10, any -> true)).containsExactly(first, second);
        step(new QueueStep.GiveBack(take(first, ONE), Instant.MIN), ONE);
        assertThat(state.due(NOW, 10, any -> true)).containsExactly(second, first);
    }

    @Test
    void aDeadLetterIsSentAgainOrDismissedOnce() {
        step(new QueueStep.SetAside(take(send(), ONE), NOW, "why"), ONE);
        long number = offset - 1;
        assertThat(step(new QueueStep.Redrive(List.of(number, number)), ONE)).isEqualTo(1);
        assertThat(step(new QueueStep.Redrive(List.of(number)), OTHER)).isZero();
        assertThat(step(new QueueStep.Dismiss(number, NOW, "no use"), OTHER)).isZero();
        assertThat(depth()).isEqualTo(new QueueDepth(1, 0, 0, 0));
    }

    @Test
    void theJournalIsNeededFromTheOldestMessageAndFromTheDismissalsThatAreNotKeptOtherwise() {
        long old = send();
        send();
        assertThat(state.neededFrom(offset)).isEqualTo(old);
        step(new QueueStep.SetAside(take(old, ONE), NOW, "why"), ONE);
        assertThat(state.neededFrom(offset)).as("a dead letter is a message").isEqualTo(old);
        step(new QueueStep.Dismiss(offset - 1, NOW, "no use"), ONE);
        assertThat(state.neededFrom(offset)).isZero();
        long told = offset;
        step(new QueueStep.Keep(told, state.dismissals()), ONE);
        assertThat(state.neededFrom(offset)).isEqualTo(old + 1);
        step(new QueueStep.Acknowledge(take(old + 1, ONE)), ONE);
        assertThat(state.neededFrom(offset)).isEqualTo(told);
    }

    @Test
    void noMessageIsLostWhateverIsDoneToThem() {
        Random random = new Random(7);
        int ended = 0;
        int sent = 0;
        QueueStep.Hold hold = new QueueStep.Hold(0, 0);
        for (int i = 0; i < 50_000; i++) {
            long any = random.nextLong(Math.max(1, offset));
            UUID by = random.nextBoolean() ? ONE : OTHER;
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    send();
                    sent++;
                }
                case 2, 3, 4 -> {
                    List<Long> due = state.due(NOW, 1 + random.nextInt(3), message -> true);
                    if (step(new QueueStep.Take(1, due), by) > 0) {
                        hold = new QueueStep.Hold(due.getFirst(), offset - 1);
                    }
                }
                case 5 -> ended += step(new QueueStep.Acknowledge(hold), by);
                case 6 -> step(new QueueStep.SetAside(hold, NOW, "why"), by);
                case 7 -> step(new QueueStep.GiveBack(hold, random.nextBoolean() ? NOW.plusSeconds(9) : NOW), by);
                case 8 -> step(new QueueStep.Redrive(List.of(any, any - 1, any + 1)), by);
                default -> step(new QueueStep.Leave(), by);
            }
            QueueDepth depth = depth();
            assertThat(depth.waiting() + depth.later() + depth.held() + depth.dead() + ended)
                    .as("after step " + i)
                    .isEqualTo(sent);
        }
        assertThat(ended).isGreaterThan(100);
    }
}
