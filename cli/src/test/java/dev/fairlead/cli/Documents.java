package dev.fairlead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the project. */
final class Documents {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    private Documents() {}

    static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("fairlead")))
                .findFirst()
                .orElseThrow();
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(root().resolve("docs"));
                Stream<Path> top = Files.list(root())) {
            return Stream.concat(top, docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The lines of all shell blocks that run the command, in order. */
    static List<String> commands(Path page) throws IOException {
        return SHELL.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./fairlead "))
                .toList();
    }
}
