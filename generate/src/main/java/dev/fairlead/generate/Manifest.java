package dev.fairlead.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.contracts.SchemaHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which files were written into a folder, and with which content: lines of a SHA-256, two blanks and the path, in order.
 *
 * <p>While a folder is being written a path may be there twice, with the content before and after.
 */
record Manifest(SortedSet<String> lines) {
    static final String NAME = ".fairlead-generated";

    private static final int HASH = 64;

    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return new Manifest(new TreeSet<>());
        }
        String text = new String(Files.readAllBytes(file), UTF_8);
        return new Manifest(Arrays.stream(text.split("\\R"))
                .filter(line -> line.length() > HASH + 2)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    static Manifest of(List<GeneratedFile> files) {
        return new Manifest(files.stream()
                .map(file -> line(file.path(), hash(file.content())))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Of a text whose line ends count as one character. */
    static String hash(String content) {
        return SchemaHash.of(content.replace("\r\n", "\n")).hex();
    }

    Manifest and(Manifest other) {
        SortedSet<String> both = new TreeSet<>(lines);
        both.addAll(other.lines);
        return new Manifest(both);
    }

    boolean wrote(String path, String hash) {
        return lines.contains(line(path, hash));
    }

    boolean names(String path) {
        return paths().contains(path);
    }

    String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private Set<String> paths() {
        return lines.stream().map(line -> line.substring(HASH + 2)).collect(Collectors.toSet());
    }

    private static String line(String path, String hash) {
        return hash + "  " + path;
    }
}
