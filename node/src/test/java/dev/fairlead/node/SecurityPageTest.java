package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.AccessResult;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityPageTest {
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (S[0-9S, ]+) \\|(.*)$");
    private static final Pattern NUMBER = Pattern.compile("S([0-9]+)");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+Test)`");
    private static final Pattern NUMBERED = Pattern.compile("void s([0-9]+)[A-Z]");
    private static final int LAST = 44;

    /** The rows that are about a node; the tests of others are named for what they show. */
    private static final List<Integer> OF_A_NODE = Stream.of(
                    IntStream.rangeClosed(1, 10),
                    IntStream.of(13, 24, 41, 42),
                    IntStream.rangeClosed(16, 20),
                    IntStream.rangeClosed(30, 32),
                    IntStream.rangeClosed(35, 39))
            .flatMap(IntStream::boxed)
            .toList();

    @Test
    void eachRowIsListedAndItsTestsAreThere() throws IOException {
        Set<Integer> listed = new TreeSet<>();
        Set<String> tests = new TreeSet<>();
        ROW.matcher(page()).results().forEach(row -> {
            NUMBER.matcher(row.group(1)).results().forEach(number -> listed.add(Integer.parseInt(number.group(1))));
            TEST.matcher(row.group(2)).results().forEach(test -> tests.add(test.group(1)));
        });
        assertThat(listed)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LAST).boxed().toList());

        Set<String> names = new HashSet<>();
        Set<Integer> numbered = new HashSet<>();
        for (Path source : testSources()) {
            names.add(source.getFileName().toString().replace(".java", ""));
            NUMBERED.matcher(Files.readString(source))
                    .results()
                    .forEach(method -> numbered.add(Integer.parseInt(method.group(1))));
        }
        assertThat(names).containsAll(tests);
        assertThat(numbered).containsAll(OF_A_NODE);
    }

    private static List<Path> testSources() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith("Test.java")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static Path root() {
        return Objects.requireNonNull(
                RouteListTest.docs().toAbsolutePath().normalize().getParent());
    }

    private static String page() throws IOException {
        return Files.readString(RouteListTest.docs().resolve("security.md"));
    }

    @Test
    void theAccessFileOfThePageCanBeRead(@TempDir Path folder) throws IOException {
        Matcher shown = SHOWN.matcher(page());
        assertThat(shown.find()).isTrue();
        AccessResult read = AccessResult.read(Files.writeString(folder.resolve("access.yaml"), shown.group(1)));

        assertThat(read.findings()).isEmpty();
        assertThat(read.access()).isNotNull();
    }
}
