package dev.fairlead.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a plan's report is written. */
enum PlanFormat {
    TEXT,
    JSON,
    MARKDOWN,
    MERMAID,
    HTML;

    /** Reads the word that is given on the command line. */
    static final class Converter implements ITypeConverter<PlanFormat> {
        @Override
        public PlanFormat convert(String word) {
            return Arrays.stream(values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "use text, json, markdown, mermaid or html, not '" + word + "'"));
        }
    }
}
