package dev.fairlead.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be made from a plan. */
public enum Output {
    /** JSON Schema 2020-12: of each own item as its owner writes it, of each needed one as its reader reads it. */
    JSON_SCHEMA("json-schema"),
    /** AsyncAPI 3.0: what a service sends and receives. */
    ASYNCAPI("asyncapi"),
    /** OpenAPI 3.1: the questions that a service answers, and lookups of its state items. */
    OPENAPI("openapi"),
    /** PostgreSQL: tables of a service's state and event items, and what each declared reader may read. */
    SQL("sql"),
    /** Java 21: records, enums, sealed interfaces and item handles. */
    JAVA("java");

    private final String word;

    Output(String word) {
        this.word = word;
    }

    /** The word of the command line, and the folder's name. */
    public String word() {
        return word;
    }

    /** The words of all outputs. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Output::word).toList();
    }

    /** The output with this word, if there is one. */
    public static Optional<Output> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
