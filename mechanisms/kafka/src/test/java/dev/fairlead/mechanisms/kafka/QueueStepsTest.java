package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueStepsTest {
    private static final QueueStep.Hold HOLD = new QueueStep.Hold(7, Long.MAX_VALUE);
    private static final QueueStep.Dismiss DISMISSAL =
            new QueueStep.Dismiss(3, Instant.parse("2026-01-02T03:04:05.678901234Z"), "no use, Grüße");
    private static final List<QueueStep> ALL = List.of(
            new QueueStep.Take(30, List.of(1L, 2L, Long.MAX_VALUE)),
            new QueueStep.Acknowledge(HOLD),
            new QueueStep.GiveBack(HOLD, Instant.MIN),
            new QueueStep.HandBack(HOLD),
            new QueueStep.Expire(List.of(HOLD, new QueueStep.Hold(0, 0))),
            new QueueStep.Leave(),
            new QueueStep.SetAside(HOLD, Instant.MAX, "\uD83D"),
            new QueueStep.Redrive(List.of()),
            DISMISSAL,
            new QueueStep.Keep(9, List.of(DISMISSAL)));

    @Test
    void whatIsPackedComesBack() {
        for (QueueStep step : ALL) {
            assertThat(QueueSteps.unpack(QueueSteps.pack(step))).isEqualTo(step);
        }
    }

    @Test
    void whatIsCutOffOrHasMoreBehindItIsNoStep() {
        for (QueueStep step : ALL) {
            byte[] packed = QueueSteps.pack(step);
            for (int length = 0; length < packed.length; length++) {
                assertThat(QueueSteps.unpack(Arrays.copyOf(packed, length)))
                        .as(step + " cut")
                        .isNull();
            }
            assertThat(QueueSteps.unpack(Arrays.copyOf(packed, packed.length + 1)))
                    .isNull();
        }
    }

    @Test
    void bytesOfStrangersAreNoStepOrOneThatDoesNoHarm() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(12);
            }
            QueueSteps.unpack(bytes); // throws nothing
        }
    }
}
