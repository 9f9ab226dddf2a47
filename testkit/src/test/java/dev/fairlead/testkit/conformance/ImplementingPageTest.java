package dev.fairlead.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/implementing-a-mechanism.md shows is the code that runs here, and the types that it names are there. */
class ImplementingPageTest {
    private static final Path ROOT =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final Pattern TYPE =
            Pattern.compile("`((?:[a-z]+\\.)*)([A-Z][A-Za-z]+)(?:\\.[a-z]\\w*(?:\\(\\))?)?`");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/implementing-a-mechanism.md"));
    }

    @Test
    void theTestThatItShowsIsOneThatRuns() throws IOException {
        String page = page();
        int begin = page.indexOf("```java\n") + "```java\n".length();
        String shown = page.substring(begin, page.indexOf("```", begin));

        String run = Files.readString(
                ROOT.resolve("testkit/src/test/java/dev/fairlead/testkit/conformance/ReferenceConformanceTest.java"));

        assertThat(run).endsWith(shown);
    }

    @Test
    void theTypesThatItNamesAreThere() throws IOException {
        List<String> named = TYPE.matcher(page())
                .results()
                .map((MatchResult found) -> found.group(2))
                .filter(name -> !name.chars().allMatch(Character::isUpperCase))
                .distinct()
                .toList();
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> there = files.filter(file -> file.toString().contains("/src/"))
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - ".java".length()))
                    .toList();

            assertThat(named).hasSizeGreaterThan(20);
            assertThat(there).containsAll(named);
        }
    }
}
