package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to hurt: each gets a clean finding, quickly. */
@Timeout(30)
class HostileInputTest {
    @TempDir
    private Path folder;

    private PlanFolder file(String text) {
        return new PlanFolder(folder).with("a.yaml", text);
    }

    @Test
    void refusesAHugeFileWithoutReadingItWhole() throws IOException {
        try (RandomAccessFile huge =
                new RandomAccessFile(folder.resolve("a.yaml").toFile(), "rw")) {
            huge.setLength(100L << 20);
        }

        assertThat(new PlanFolder(folder).lines())
                .containsExactly("a.yaml:1:1: the file is larger than 1 MiB (split it by service)");
    }

    @Test
    void refusesMoreThanItCanHoldAltogether() {
        PlanFolder plan = new PlanFolder(folder);
        String filling = "# " + "x".repeat((1 << 20) - 100) + "\n";
        IntStream.range(100, 170)
                .forEach(number -> plan.with("s" + number + ".yaml", "service: s" + number + "\n" + filling));

        assertThat(plan.lines())
                .containsExactly(
                        "s165.yaml:1:1: all files together are larger than 64 MiB (plan fewer services at once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesDeepNestingWithoutOverflowingTheStack(String opening) {
        PlanFolder plan = file("service: a\nteam: \n  " + opening.repeat(10_000));

        assertThat(plan.rules()).singleElement().asString().startsWith("too-large 3:");
        assertThat(plan.lines()).first().asString().endsWith("this nests deeper than 50 (a plan is flat)");
    }

    @Test
    void refusesDeepIndentation() {
        String deep = IntStream.range(0, 1_000)
                .mapToObj(depth -> " ".repeat(depth) + "k:\n")
                .collect(Collectors.joining());

        assertThat(file(deep).rules()).singleElement().asString().startsWith("too-large 51:");
    }

    @Test
    void refusesAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x]\n");
        for (int level = 1; level < 9; level++) {
            String alias = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, String.join(", ", List.of(alias, alias, alias, alias, alias))));
        }

        assertThat(file(bomb.toString()).lines())
                .singleElement()
                .asString()
                .contains(": more than 50 aliases, or aliases of too much (write the values out)");
    }

    @Test
    void refusesTheFiftyFirstAlias() {
        String fifty = "service: &s a\nshares: { e: { kind: event, key: k, events: { E: { } }, reserved: ["
                + " *s,".repeat(50) + " ] } }\n";
        assertThat(file(fifty).rules()).doesNotContain("too-large");
        assertThat(file(fifty.replace(" ] }", " *s ] }")).lines())
                .singleElement()
                .asString()
                .contains("more than 50 aliases");
    }

    @Test
    void refusesAnAliasInsideWhatItNames() {
        assertThat(file("service: a\nshares: &x { y: *x }\n").lines())
                .containsExactly("a.yaml:2:17: the alias `*x` stands inside what it names (write it out)");
        assertThat(file("service: *nobody\n").lines())
                .containsExactly("a.yaml:1:10: the alias `*nobody` names nothing (write it out)");
    }

    @Test
    void refusesDeepNestingThroughAliases() {
        StringBuilder deep = new StringBuilder("a0: &a0 " + "[".repeat(30) + "]".repeat(30) + "\n");
        deep.append("a1: ")
                .append("[".repeat(30))
                .append("*a0")
                .append("]".repeat(30))
                .append('\n');

        assertThat(file(deep.toString()).rules()).containsExactly("too-large 2:35");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin = "service: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new PlanFolder(folder).with("a.yaml", latin).lines())
                .containsExactly("a.yaml:1:13: this is not UTF-8 (save the file as UTF-8)");

        byte[] wide = "\ufeffservice: a\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(new PlanFolder(folder).with("a.yaml", wide).lines())
                .containsExactly("a.yaml:1:1: this is not UTF-8 (save the file as UTF-8)");

        byte[] cut = {'a', ':', ' ', (byte) 0xE2, (byte) 0x82};
        assertThat(new PlanFolder(folder).with("a.yaml", cut).rules()).containsExactly("syntax 1:4");
    }

    @Test
    void toleratesAByteOrderMark() {
        assertThat(file("\ufeffservice: a\n").lines()).isEmpty();
        assertThat(file("\ufeffservce: a\n").rules()).containsExactly("unknown-key 1:1", "missing-key 1:1");
        assertThat(file("\ufeff").rules()).containsExactly("syntax 1:1");
    }

    @Test
    void refusesNulAndOtherHiddenCharacters() {
        assertThat(file("service: a\u0000\n").rules()).containsExactly("syntax 1:11");
        assertThat(file("service: a\nteam: \ue02c\n").rules()).containsExactly("syntax 2:7");
        assertThat(file("service: a\nteam: \u2028x\n").rules()).containsExactly("syntax 2:7");
    }

    @Test
    void showsNothingThatCouldTakeOverATerminal() {
        assertThat(file("service: a\n\"\\e[2Jx\\u202E\": 1\n").lines())
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:1: unknown key `\\u001b[2Jx\\u202e` in the service");
    }

    @Test
    void stopsCountingAfterAThousandFindings() {
        String keys = IntStream.range(0, 5_000)
                .mapToObj(number -> "k" + number + ": 1\n")
                .collect(Collectors.joining());

        List<String> lines = file("service: a\n" + keys).lines();
        assertThat(lines).hasSize(1_001);
        assertThat(lines).anyMatch(line -> line.contains("there are more than 1000 findings"));
    }

    @Test
    void refusesMoreFilesThanALandscapeCanHave() {
        PlanFolder plan = new PlanFolder(folder);
        IntStream.rangeClosed(0, PlanLimits.FILES).forEach(number -> plan.with("s" + number + ".yaml", new byte[0]));

        assertThat(plan.read().findings())
                .extracting(Finding::message)
                .containsExactly("more than 10000 plan files, or 200000 files, are in here (name folders of plan files"
                        + " only)");
    }

    @Test
    void refusesAFileThatSaysNothing() {
        for (String nothing : List.of("", "\n \n", "# only a comment\n", "---\n...\n")) {
            assertThat(file(nothing).rules()).as(nothing).hasSize(1);
        }
        assertThat(file("# only a comment\n").lines())
                .containsExactly("a.yaml:1:1: the file is empty (write at least `service: name`, or remove it)");
    }

    @Test
    void refusesAMissingFolderAndAFileInItsPlace() {
        file("service: a\n");
        PlanResult result = PlanReader.read(List.of(folder, folder.resolve("none"), folder.resolve("a.yaml")), null);

        assertThat(result.findings().stream().map(Finding::message))
                .containsExactly(
                        "this is not a folder (name the folder that it is in)",
                        "there is no such folder (name a folder with plan files)");
        assertThat(result.plan()).isNull();
    }

    @Test
    void refusesAFolderWithoutServices() {
        assertThat(new PlanFolder(folder)
                        .with("landscape.yaml", "mechanisms: { }\n")
                        .read()
                        .findings())
                .extracting(Finding::message)
                .containsExactly("there is no service file below this folder (add NAME.yaml, or run `fairlead init`)");
    }

    @Test
    void doesNotFollowLinksInCircles() throws IOException {
        file("service: a\n");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("self.yaml"), folder.resolve("self.yaml"));

        assertThat(new PlanFolder(folder).lines())
                .containsExactly("self.yaml:1:1: there is no such file (name a plan file)");
    }

    @Test
    void readsAFileOnceThatIsFoundThroughALinkToo() throws IOException {
        file("service: a\n");
        Files.createSymbolicLink(folder.resolve("b.yaml"), folder.resolve("a.yaml"));

        assertThat(new PlanFolder(folder).lines()).isEmpty();
        assertThat(PlanReader.read(List.of(folder, folder), null).findings()).isEmpty();
    }

    @Test
    void readsFilesInAnyFolderButHiddenOnes() {
        PlanFolder plan = file("service: a\n")
                .with("deep/er/b.yaml", "service: b\n")
                .with(".git/c.yaml", "service: [\n")
                .with("notes.txt", "service: [\n");

        assertThat(plan.plan().services()).extracting(ServicePlan::name).containsExactly("a", "b");
    }

    @Test
    void survivesRandomBytesAndDamagedPlans() {
        byte[] good = (DesignPlanTest.CHECKOUT + DesignPlanTest.PROFILE).getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            byte[] damaged = good.clone();
            for (int change = 0; change < 1 + seed % 20; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(seed % 2 == 0 ? 256 : 127);
            }
            PlanResult result = new PlanFolder(folder).with("a.yaml", damaged).read();
            assertThat(result.findings()).as("seed %d", seed).isNotEmpty();
        }
    }
}
