package dev.fairlead.planner;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema that was written elsewhere, which a share has in the place of {@code fields}.
 *
 * @param file as it was found, beside the plan file
 * @param text the whole file
 * @param imports the files that it imports, directly or not, by the paths by which they are imported
 * @param place where the share names it
 */
public record ImportedSchema(Format format, String file, String text, SortedMap<String, String> imports, Place place) {
    public ImportedSchema {
        imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    }

    /** All that its meaning depends on: its own text and those of its imports. */
    public String wholeText() {
        StringBuilder whole = new StringBuilder(format.name()).append(' ').append(text);
        imports.forEach(
                (path, imported) -> whole.append('\n').append(path).append('\n').append(imported));
        return whole.toString();
    }

    /** In what language it is written; the end of the file's name tells. */
    public enum Format {
        /** JSON Schema, draft-07, 2019-09 or 2020-12: {@code .json}. */
        JSON_SCHEMA,
        /** Avro: {@code .avsc}. */
        AVRO,
        /** Protobuf, proto2 or proto3, the first message of the file: {@code .proto}. */
        PROTOBUF;

        /** The word used in reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
