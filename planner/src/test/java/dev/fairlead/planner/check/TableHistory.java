package dev.fairlead.planner.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Dated versions of one public table, read as versions of an item: each column is a field, the first is the key, and how its
 * values are written is the key's unit. Its readers stay with the columns of the version before.
 */
final class TableHistory {
    private static final Pattern DOTTED = Pattern.compile("[A-Z]+(\\.[A-Z])?");
    private static final Pattern HYPHENED = Pattern.compile("[A-Z]+(-[A-Z])?");

    private final Path work;
    private final List<Path> files;

    private record Table(List<String> columns, String notation) {}

    TableHistory(Path folder, Path work) throws IOException {
        this.work = work;
        try (Stream<Path> all = Files.list(folder)) {
            this.files = all.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    int versions() {
        return files.size();
    }

    /** All errors, as {@code number rule [readers] change}; numbers are those with which the file names begin. */
    List<String> breaks() throws IOException {
        List<String> breaks = new ArrayList<>();
        Table before = table(files.getFirst());
        for (Path file : files.subList(1, files.size())) {
            Table now = table(file);
            String number = String.valueOf(file.getFileName()).substring(0, 3);
            new Versions(Files.createDirectory(work.resolve(number)))
                            .then(owner(before), whole(before), keyOnly(before))
                            .then(owner(now), whole(before), keyOnly(before))
                            .compare()
                            .findings()
                            .stream()
                            .filter(CheckFinding::isError)
                            .map(each -> number + " " + Versions.line(each).replace("error ", ""))
                            .forEach(breaks::add);
            before = now;
        }
        return breaks;
    }

    private static Table table(Path file) throws IOException {
        List<List<String>> rows = rows(Files.readString(file));
        Set<String> keys =
                rows.stream().skip(1).map(List::getFirst).collect(Collectors.toCollection(LinkedHashSet::new));
        return new Table(rows.getFirst().stream().map(TableHistory::name).toList(), notation(keys));
    }

    private static String notation(Set<String> keys) {
        if (keys.stream().allMatch(key -> DOTTED.matcher(key).matches())) {
            return "letters and a dot";
        }
        return keys.stream().allMatch(key -> HYPHENED.matcher(key).matches()) ? "letters and a hyphen" : "free text";
    }

    /** A column's title as the name of a field. */
    private static String name(String title) {
        String[] words = title.split("[^A-Za-z0-9]+");
        String rest = Stream.of(words)
                .skip(1)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return words[0].toLowerCase(Locale.ROOT) + rest;
    }

    private static String owner(Table table) {
        String fields = table.columns().stream()
                .skip(1)
                .map(column -> "      " + column + ": string\n")
                .collect(Collectors.joining());
        String key = table.columns().getFirst();
        return "service: reference\nshares:\n  constituent:\n    kind: state\n    key: " + key + "\n    fields:\n      "
                + key + ": { type: string, unit: " + table.notation() + " }\n" + fields;
    }

    private static String whole(Table table) {
        return "service: board\nneeds:\n  reference.constituent: { uses: [ " + String.join(", ", table.columns())
                + " ] }\n";
    }

    private static String keyOnly(Table table) {
        return "service: orders\nneeds:\n  reference.constituent: { uses: [ "
                + table.columns().getFirst() + " ] }\n";
    }

    /** The rows of a table in comma-separated values; quotes may hold commas, line ends and doubled quotes. */
    static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"') {
                boolean isDoubled = isQuoted && index + 1 < text.length() && text.charAt(index + 1) == '"';
                if (isDoubled) {
                    value.append('"');
                    index++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (!isQuoted && (character == ',' || character == '\n')) {
                row.add(value.toString());
                value.setLength(0);
                if (character == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (isQuoted || character != '\r') {
                value.append(character);
            }
        }
        if (!row.isEmpty() || !value.isEmpty()) {
            row.add(value.toString());
            rows.add(row);
        }
        return rows;
    }
}
