package dev.fairlead.contracts.compatibility;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON value; immutable. */
public sealed interface Document {

    /** The value as JSON on one line; characters that a terminal could act on are escaped. */
    String json();

    /** Text. */
    record Text(String value) implements Document {
        @Override
        public String json() {
            StringBuilder json = new StringBuilder("\"");
            value.chars().forEach(unit -> append(json, (char) unit));
            return json.append('"').toString();
        }

        private static void append(StringBuilder json, char unit) {
            if (unit == '"' || unit == '\\') {
                json.append('\\').append(unit);
            } else if (unit < ' ' || unit > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                json.append(unit);
            }
        }
    }

    /** A number as it is written: {@code 1} and {@code 1.0} differ. */
    record Number(BigDecimal value) implements Document {
        private static final int LONGEST_PLAIN = 40;

        /** A whole number. */
        public Number(long value) {
            this(BigDecimal.valueOf(value));
        }

        @Override
        public String json() {
            return Math.abs(value.scale()) <= LONGEST_PLAIN ? value.toPlainString() : value.toString();
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Document {
        @Override
        public String json() {
            return Boolean.toString(value);
        }
    }

    /** JSON null. */
    enum Nothing implements Document {
        /** The only one. */
        NULL;

        @Override
        public String json() {
            return "null";
        }
    }

    /** Values in order. */
    record Array(List<Document> elements) implements Document {
        public Array {
            elements = List.copyOf(elements);
        }

        @Override
        public String json() {
            return elements.stream().map(Document::json).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** Values by name, in order. */
    record Members(Map<String, Document> values) implements Document {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** These members and one more, or another value in the place of one. */
        public Members with(String name, Document value) {
            Map<String, Document> all = new LinkedHashMap<>(values);
            all.put(name, value);
            return new Members(all);
        }

        @Override
        public String json() {
            return values.entrySet().stream()
                    .map(member -> new Text(member.getKey()).json() + ":"
                            + member.getValue().json())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }
}
