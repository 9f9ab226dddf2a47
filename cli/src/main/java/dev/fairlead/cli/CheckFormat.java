package dev.fairlead.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the findings of a check are written. */
enum CheckFormat {
    TEXT,
    JSON;

    /** Reads the word that is given on the command line. */
    static final class Converter implements ITypeConverter<CheckFormat> {
        @Override
        public CheckFormat convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("use text or json, not '" + word + "'");
            };
        }
    }
}
