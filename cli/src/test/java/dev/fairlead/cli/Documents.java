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

    /** The lines of all shell blocks that run the command, in order, but for a node, which does not end by itself. */
    static List<String> commands(Path page) throws IOException {
        return SHELL.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./fairlead ") && !line.startsWith("./fairlead serve "))
                .toList();
    }

    /** The same plan for a busy machine, which may be silent for longer than the seconds that a page allows. */
    static String unhurried(String plan) {
        return plan.replaceAll("\\b(within|deadline): [0-9]+s\\b", "$1: 60s");
    }

    /** The contents of the fenced blocks of a language, in order. */
    static List<String> blocks(Path page, String language) throws IOException {
        return groups(Files.readString(page), "(?ms)^```" + language + "\\n(.*?)^```");
    }

    /** What stands between "NAME begins" and "NAME ends" in an example class beside this one, as a page shows it. */
    static List<String> examples(String type) throws IOException {
        Path source = root().resolve("cli/src/test/java/dev/fairlead/cli/" + type + ".java");
        return groups(Files.readString(source), "(?ms)^ {4}// \\w+ begins\\n(.*?)^ {4}// \\w+ ends").stream()
                .map(block -> block.replaceAll("(?m)^ {4}", ""))
                .toList();
    }

    private static List<String> groups(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
