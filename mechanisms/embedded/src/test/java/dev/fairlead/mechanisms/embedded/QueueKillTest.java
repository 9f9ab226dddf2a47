package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of its work on a queue, again and again; and lets one fill a queue with little memory. */
@Tag("slow")
class QueueKillTest {
    private static final int FOLDERS = 4;
    private static final int KILLS_PER_FOLDER = 10;
    private static final int DEEP = 1_000_000;

    @TempDir
    Path folder;

    /** What the children of one folder said. */
    private static final class Said {
        final Set<Long> sent = new HashSet<>();
        final Set<Long> done = new HashSet<>();
        final Set<Long> dead = new HashSet<>();
        final Map<Long, Integer> attempts = new HashMap<>();

        void hear(String line) {
            String[] parts = line.split(" ", -1);
            long number = Long.parseLong(parts[1]);
            switch (parts[0]) {
                case "sent" -> sent.add(number);
                case "done" -> done.add(number);
                case "dead" -> dead.add(number);
                case "got" -> attempts.merge(number, Integer.parseInt(parts[2]), Math::max);
                default -> {}
            }
        }
    }

    @Test
    void afterAKillWhatWasSentIsThereAndWhatWasAcknowledgedIsNot() throws Exception {
        int sent = 0;
        int done = 0;
        for (int i = 0; i < FOLDERS; i++) {
            Path place = Files.createDirectory(folder.resolve("f" + i));
            Said said = new Said();
            for (int kill = 0; kill < KILLS_PER_FOLDER; kill++) {
                long seed = i * KILLS_PER_FOLDER + kill + 1L;
                workAndKill(place, seed, said);
                check(place, said, seed);
            }
            sent += said.sent.size();
            done += said.done.size();
        }
        assertThat(sent).as("messages sent before a kill").isGreaterThan(2000);
        assertThat(done).as("messages acknowledged before a kill").isGreaterThan(500);
    }

    private static void workAndKill(Path place, long seed, Said said) {
        int lines = 50 + new Random(seed).nextInt(600);
        try (ChildJvm child = child("128m", place, "work", String.valueOf(seed))) {
            child.awaitReady();
            for (String line = child.line(); line != null; line = child.line()) {
                said.hear(line);
                lines--;
                if (lines == 0) {
                    child.kill();
                }
            }
        }
    }

    /** Looks at everything that is there, and leaves it as it is, except that it was handed out once more. */
    private static void check(Path place, Said said, long seed) {
        try (EmbeddedMechanism mechanism = Records.open(place, Durability.D2)) {
            Set<Long> there = new HashSet<>();
            QueueReceiver receiver = mechanism.receive(QueueChild.QUEUE, Duration.ofHours(1));
            while (mechanism.depth(QueueChild.QUEUE).waiting()
                            + mechanism.depth(QueueChild.QUEUE).later()
                    > 0) {
                for (Delivered each : receiver.poll(1000, Duration.ofSeconds(10))) {
                    long number = QueueChild.number(each.message());
                    assertThat(there.add(number))
                            .as("%d comes once after kill %d", number, seed)
                            .isTrue();
                    assertThat(each.attempt())
                            .as("attempt of %d after kill %d", number, seed)
                            .isGreaterThan(said.attempts.getOrDefault(number, 0));
                    said.attempts.put(number, each.attempt());
                }
            }
            Set<Long> dead = new HashSet<>();
            for (DeadLetter letter : letters(mechanism)) {
                long number = QueueChild.number(letter.message());
                assertThat(dead.add(number)).as("%d is dead once", number).isTrue();
                assertThat(letter.error()).isEqualTo("number " + number);
            }
            assertThat(dead)
                    .as("dead after kill %d", seed)
                    .containsAll(said.dead)
                    .doesNotContainAnyElementsOf(there);
            assertThat(there).as("there after kill %d", seed).doesNotContainAnyElementsOf(said.done);
            Set<Long> missing = new HashSet<>(said.sent);
            missing.removeAll(there);
            missing.removeAll(dead);
            missing.removeIf(number -> number % 8 > 2 && said.attempts.containsKey(number)); // perhaps acknowledged
            assertThat(missing).as("lost by kill %d", seed).isEmpty();
            assertThat(mechanism.depth(QueueChild.QUEUE)).isEqualTo(new QueueDepth(0, 0, there.size(), dead.size()));
        }
    }

    private static List<DeadLetter> letters(EmbeddedMechanism mechanism) {
        List<DeadLetter> all = new ArrayList<>();
        long after = -1;
        for (List<DeadLetter> page = mechanism.deadLetters(QueueChild.QUEUE).list(after, 1000);
                !page.isEmpty();
                page = mechanism.deadLetters(QueueChild.QUEUE).list(after, 1000)) {
            all.addAll(page);
            after = page.getLast().number();
        }
        return all;
    }

    @Test
    void aMillionWaitingMessagesNeedNoHeap() throws Exception {
        try (ChildJvm child = child("40m", folder, "deep", String.valueOf(DEEP))) {
            assertThat(child.line()).isEqualTo("depth " + DEEP);
            assertThat(child.line()).isEqualTo("sum " + (long) DEEP * (DEEP - 1) / 2);
            assertThat(child.await()).isZero();
        }
    }

    private static ChildJvm child(String heap, Path place, String mode, String argument) {
        return ChildJvm.of(QueueChild.class).heap(heap).showErrors().start(place.toString(), mode, argument);
    }
}
