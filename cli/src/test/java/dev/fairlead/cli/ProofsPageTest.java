package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/proofs.md names tests that there are, in every row. */
class ProofsPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/proofs.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (R\\d+) \\|.*$");

    private static Set<String> tests(String text) {
        return TEST.matcher(text).results().map(test -> test.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> existing() throws IOException {
        try (Stream<Path> files = Files.walk(Documents.root())) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/src/test/java/") && file.endsWith("Test.java"))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        assertThat(tests(Files.readString(PAGE))).hasSizeGreaterThan(20).isSubsetOf(existing());
    }

    @Test
    void everyRowNamesATest() throws IOException {
        String page = Files.readString(PAGE);
        List<String> rows = ROW.matcher(page).results().map(row -> row.group(1)).toList();

        assertThat(rows).containsExactly("R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R20");
        assertThat(ROW.matcher(page).results())
                .allSatisfy(row -> assertThat(tests(row.group())).isNotEmpty());
    }
}
