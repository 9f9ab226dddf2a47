package dev.fairlead.cli;

import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.CheckReport;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the findings of a check are written. */
enum CheckFormat {
    TEXT {
        @Override
        String text(String subject, List<CheckFinding> findings) {
            return CheckReport.text(subject, findings);
        }
    },
    JSON {
        @Override
        String text(String subject, List<CheckFinding> findings) {
            return CheckJson.text(findings);
        }
    },
    SARIF {
        @Override
        String text(String subject, List<CheckFinding> findings) {
            return CheckSarif.text(findings);
        }
    },
    JUNIT {
        @Override
        String text(String subject, List<CheckFinding> findings) {
            return CheckJunit.text(findings);
        }
    };

    /** The whole report. */
    abstract String text(String subject, List<CheckFinding> findings);

    /** Reads the word that is given on the command line. */
    static final class Converter implements ITypeConverter<CheckFormat> {
        @Override
        public CheckFormat convert(String word) {
            return switch (word) {
                case "text" -> TEXT;
                case "json" -> JSON;
                case "sarif" -> SARIF;
                case "junit" -> JUNIT;
                default -> throw new TypeConversionException("use text, json, sarif or junit, not '" + word + "'");
            };
        }
    }
}
