package dev.fairlead.planner;

import java.util.Locale;

/**
 * A schema that was written elsewhere, which a share has in the place of {@code fields}.
 *
 * @param file as it was found, beside the plan file
 * @param text the whole file
 * @param place where the share names it
 */
public record ImportedSchema(Format format, String file, String text, Place place) {

    /** In what language it is written; the end of the file's name tells. */
    public enum Format {
        /** JSON Schema, draft-07, 2019-09 or 2020-12: {@code .json}. */
        JSON_SCHEMA,
        /** Avro: {@code .avsc}. */
        AVRO;

        /** The word used in reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
