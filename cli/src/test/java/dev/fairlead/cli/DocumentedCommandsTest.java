package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.servers.RealServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command that a page shows runs, in the order of the page, in an empty folder; a few are left to the tests of their own. */
class DocumentedCommandsTest {
    /** What the pages call their folders. */
    private static final Set<String> FOLDERS = Set.of("shop", "generated");

    /**
     * What takes long and is looked at elsewhere: the demos by {@link DemoCommandTest}, what these benchmarks do by the tests of their module,
     * and that the command knows them by {@link BenchCommandTest}.
     */
    private static final Set<String> RUN_ELSEWHERE = Set.of(
            "./fairlead demo trading",
            "./fairlead demo store",
            "./fairlead bench log",
            "./fairlead bench request",
            "./fairlead bench plan");

    private static final String NODE = "http://localhost:7733";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyCommandOfEveryPageRuns() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : Documents.pages()) {
            List<String> commands = Documents.commands(page).stream()
                    .filter(command -> !RUN_ELSEWHERE.contains(command))
                    .toList();
            if (!commands.isEmpty()) {
                String name = Documents.root().relativize(page).toString();
                Path place = Files.createDirectory(folder.resolve(name.replace('/', '-')));
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    for (String command : commands) {
                        runs(command, place);
                    }
                }));
            }
        }
        return tests.stream();
    }

    @Test
    void theReadmeShowsCommands() throws IOException {
        assertThat(Documents.commands(Documents.root().resolve("README.md"))).hasSizeGreaterThan(3);
    }

    /** A command that needs a running node finds one where the pages say that it is. */
    private static void runs(String command, Path place) throws IOException {
        if (!command.contains(NODE)) {
            runsOn(command, place);
            return;
        }
        try (ShopNode node = ShopNode.in(place, "embedded: { }", 0)) {
            runsOn(command.replace(NODE, "http://localhost:" + node.port()), place);
        }
    }

    private static void runsOn(String command, Path place) {
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        int exitCode = Main.run(both, both, arguments(command, place));

        assertThat(exitCode).as("%s said%n%s", command, said).isEqualTo(ExitCode.FINE);
    }

    /** Folders lie in the test's place. What runs for long is run short: that it can run long is tested elsewhere. */
    private static String[] arguments(String command, Path place) {
        List<String> words =
                new ArrayList<>(List.of(command.replaceAll("\\s+#.*", "").split("\\s+")));
        words.removeFirst();
        words.replaceAll(word -> FOLDERS.contains(word) ? place.resolve(word).toString() : word);
        words.replaceAll(
                word -> word.startsWith("redis://") ? RealServer.REDIS.shared().getOrDefault("url", "") : word);
        for (String option : List.of("--report", "--out", "--baseline")) {
            int file = words.indexOf(option) + 1;
            if (file > 0) {
                words.set(file, place.resolve(words.get(file)).toString());
            }
        }
        switch (words.getFirst()) {
            case "bench" -> words.add("--quick");
            case "demo" -> words.addAll(List.of("--for", "6s"));
            case "prove" -> words.addAll(List.of("--only", "limits"));
            default -> {}
        }
        return words.toArray(String[]::new);
    }
}
