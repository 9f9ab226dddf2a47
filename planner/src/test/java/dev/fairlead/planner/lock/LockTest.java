package dev.fairlead.planner.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.coupling.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockTest {
    private static final String OWNER = """
            service: a
            shares:
              x: { kind: state, key: id, fields: { id: string, name: string }, changes: 1/s }
              sale: { kind: event, key: id, events: { E: { id: string } } }
              told: { kind: request, delivery: guaranteed, question: { id: string } }
            """;
    private static final String READER = "service: b\nneeds:\n  a.x: { reads: 90/s, within: 5s }\n  a.sale: { }\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeAPlan() throws IOException {
        write("a.yaml", OWNER);
        write("b.yaml", READER);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Lock lock(@Nullable Lock earlier) {
        Plan plan = Objects.requireNonNull(PlanReader.read(folder).plan());
        Decisions decisions = Decisions.decide(plan);
        return Lock.of(plan, decisions, earlier).with(Metrics.of(plan, decisions));
    }

    private Lock written(Lock lock) throws IOException {
        Path file = LockFile.of(folder, null);
        LockFile.write(file, lock);
        LockResult read = LockFile.read(file);
        assertThat(read.findings()).isEmpty();
        return Objects.requireNonNull(read.lock());
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() throws IOException {
        Lock lock = lock(null);

        assertThat(written(lock)).isEqualTo(lock);
        assertThat(LockFile.text(written(lock))).isEqualTo(LockFile.text(lock));
        assertThat(lock.changesTo(lock(lock))).isEmpty();
        assertThat(LockFile.text(lock(lock)))
                .as("nothing changed, so no line does")
                .isEqualTo(LockFile.text(lock));
    }

    @Test
    void saysOneFactInEachLine() {
        String hash = "[0-9a-f]{64}\n";
        assertThat(LockFile.text(lock(null))).matches("""
                        # What was decided\\. .*
                        lock 1
                        item a\\.sale
                          version 1 %s  topic a\\.sale
                          partitions 1
                          reader b events on embedded
                        item a\\.told
                          version 1 %s  queue a\\.told
                          partitions 1
                        item a\\.x
                          version 1 %s  topic a\\.x
                          partitions 1
                          reader b feed on embedded
                        metric acd 1\\.5
                        (?:metric .*
                        )+""".formatted(hash, hash, hash));
    }

    @Test
    void oneChangedDecisionIsOneChangedLine() throws IOException {
        Lock before = lock(null);
        write("b.yaml", READER.replace("within: 5s", "within: 0s"));
        Lock after = lock(before);

        assertThat(before.changesTo(after))
                .contains("a.x: table: a.x is new", "a.x: reader b: feed on embedded -> request on embedded")
                .allMatch(change -> change.startsWith("a.x: ") || change.startsWith("metric "));
        List<String> old = LockFile.text(before).lines().toList();
        assertThat(LockFile.text(after).lines().filter(line -> !old.contains(line) && !line.startsWith("metric")))
                .containsExactly("  table a.x", "  reader b request on embedded");
    }

    @Test
    void countsTheVersionsOfASchema() throws IOException {
        Lock first = lock(null);
        write("a.yaml", OWNER.replace("name: string", "name: string, age: int32"));
        Lock second = lock(first);
        write("a.yaml", OWNER);
        Lock third = lock(second);

        assertThat(Objects.requireNonNull(second.items().get("a.x")).version()).isEqualTo(2);
        assertThat(first.changesTo(second)).containsExactly("a.x: its schema changed, version 1 -> 2");
        List<String> versions = Objects.requireNonNull(third.items().get("a.x")).versions();
        assertThat(versions).hasSize(3);
        assertThat(versions.get(2)).isEqualTo(versions.get(0)).isNotEqualTo(versions.get(1));
    }

    @Test
    void saysWhatIsNewAndWhatIsGone() throws IOException {
        Lock before = lock(null);
        write("a.yaml", OWNER.replace("told:", "heard:"));

        assertThat(before.changesTo(lock(before))).contains("a.heard: is new", "a.told: is gone");
    }

    @Test
    void keepsThePartitionsThatWereOnceLocked() throws IOException {
        write("landscape.yaml", "mechanisms: { kafka: { url: x } }\n");
        write("a.yaml", OWNER.replace("changes: 1/s", "changes: 350k/s"));
        write("b.yaml", READER.replace("90/s", "900k/s"));
        Lock busy = lock(null);
        assertThat(Objects.requireNonNull(busy.items().get("a.x")).partitions()).isEqualTo(4);

        write("a.yaml", OWNER.replace("changes: 1/s", "changes: 50k/s"));
        assertThat(Objects.requireNonNull(lock(busy).items().get("a.x")).partitions())
                .as("fewer would move keys")
                .isEqualTo(4);
        assertThat(Objects.requireNonNull(lock(null).items().get("a.x")).partitions())
                .isEqualTo(1);
    }

    @Test
    void standsBesideTheLandscapeThatItIsOf() {
        assertThat(LockFile.of(folder, null)).isEqualTo(folder.resolve("fairlead.lock"));
        assertThat(LockFile.of(folder, Path.of("x/landscape.yaml"))).isEqualTo(Path.of("x/fairlead.lock"));
        assertThat(LockFile.of(folder, Path.of("x/production.yaml"))).isEqualTo(Path.of("x/production.lock"));
    }

    @Test
    void concernsAServiceOnlyInWhatItOwnsAndReads() throws IOException {
        write("c.yaml", READER.replace("service: b", "service: c"));
        Lock all = lock(null);

        assertThat(all.of("c").items()).containsOnlyKeys("a.x", "a.sale");
        assertThat(Objects.requireNonNull(all.of("c").items().get("a.x")).readers())
                .containsOnlyKeys("c");
        assertThat(Objects.requireNonNull(all.of("a").items().get("a.x")).readers())
                .containsOnlyKeys("b", "c");
        assertThat(all.of("c").metrics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lock 2\n",
                "item a.x\n",
                "lock 1\nitem a.x\n",
                "lock 1\nitem a.x\n  version 1 00\n  partitions 1\n",
                "lock 1\n<<<<<<< ours\n",
                "lock 1\nreader b feed on embedded\n",
                "lock 1\n  partitions 1\n",
                "lock 1\nmetric acd NaN\n",
                "lock 1\nmetric acd 1\nmetric acd 2\n",
            })
    void refusesWhatItDidNotWrite(String text) throws IOException {
        Path file = LockFile.of(folder, null);
        Files.writeString(file, text);

        LockResult read = LockFile.read(file);
        assertThat(read.lock()).isNull();
        assertThat(read.findings())
                .singleElement()
                .extracting(Finding::isInputError)
                .isEqualTo(true);
        assertThat(read.findings().get(0).line())
                .contains("fairlead.lock:")
                .endsWith("(restore it, or remove it and run `fairlead plan --write-lock`)");
    }

    @Test
    void refusesDamageInAnyLineButAComment() throws IOException {
        Path file = LockFile.of(folder, null);
        List<String> lines = LockFile.text(lock(null)).lines().toList();
        for (int line = 1; line < lines.size(); line++) {
            List<String> damaged = new java.util.ArrayList<>(lines);
            damaged.set(line, lines.get(line) + " x");
            Files.write(file, damaged, StandardCharsets.UTF_8);
            LockResult read = LockFile.read(file);
            assertThat(read.findings()).as(lines.get(line)).hasSize(1);
            assertThat(read.findings().get(0).place().line()).isEqualTo(line + 1);
        }
        Files.write(file, new byte[] {'l', 'o', 'c', 'k', ' ', '1', '\n', (byte) 0xC3, '\n'});
        assertThat(LockFile.read(file).findings().get(0).message()).startsWith("this is not UTF-8");
    }

    @Test
    void readsLinesThatEndAsWindowsEndsThem() throws IOException {
        Lock lock = lock(null);
        Files.writeString(LockFile.of(folder, null), LockFile.text(lock).replace("\n", "\r\n"));

        assertThat(LockFile.read(LockFile.of(folder, null)).lock()).isEqualTo(lock);
    }
}
