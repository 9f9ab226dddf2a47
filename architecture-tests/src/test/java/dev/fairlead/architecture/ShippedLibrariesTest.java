package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command has every library that its modules need: a dependency of scope test in its own pom would take it away, and no test would see it. */
class ShippedLibrariesTest {
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern OWN = Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);

    private final Map<String, String> poms = new HashMap<>();

    @Test
    void noLibraryThatAModuleNeedsIsLeftToTheTestsOfTheCommand() {
        Reactor reactor = Reactor.find();
        reactor.modules().forEach(module -> add(reactor.root().resolve(module).resolve("pom.xml")));
        Set<String> needed = new HashSet<>();
        shipped("fairlead-cli").forEach(module -> collect(module, needed));

        assertThat(needed).as("the walk reaches the comparison of schemas").contains("json-schema-validator");
        assertThat(dependencies("fairlead-cli", true)).isNotEmpty().doesNotContainAnyElementsOf(needed);
    }

    private void collect(String module, Set<String> needed) {
        if (needed.add(module)) {
            shipped(module).forEach(each -> collect(each, needed));
        }
    }

    private List<String> shipped(String module) {
        return dependencies(module, false);
    }

    private List<String> dependencies(String module, boolean ofTests) {
        return DEPENDENCY
                .matcher(poms.getOrDefault(module, ""))
                .results()
                .map(found -> Objects.requireNonNull(found.group(1)))
                .filter(text -> text.contains("<artifactId>"))
                .filter(text -> text.contains("<scope>test</scope>") == ofTests)
                .map(ShippedLibrariesTest::artifact)
                .toList();
    }

    private static String artifact(String dependency) {
        return ARTIFACT.matcher(dependency).results().findFirst().orElseThrow().group(1);
    }

    private void add(Path pom) {
        try {
            String text = Files.readString(pom);
            poms.put(OWN.matcher(text).results().findFirst().orElseThrow().group(1), text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
