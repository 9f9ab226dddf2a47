package dev.fairlead.generate;

import dev.fairlead.contracts.SchemaHash;
import java.nio.charset.StandardCharsets;

/** Names and texts of the plan as PostgreSQL reads them. */
final class SqlNames {
    /** What the names of the roles of all readers begin with. */
    static final String ROLE_PREFIX = "reader-";

    /** What PostgreSQL keeps of a name, in UTF-8; it would cut the rest off. */
    private static final int MAX_BYTES = 63;

    private static final int HASH = 8;

    private SqlNames() {}

    /** The name in quotes; a long one is cut, and a hash of all of it added. */
    static String name(String text) {
        String fitting = bytes(text) <= MAX_BYTES
                ? text
                : cut(text) + "~" + SchemaHash.of(text).hex().substring(0, HASH);
        return '"' + fitting.replace("\"", "\"\"") + '"';
    }

    private static String cut(String text) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > MAX_BYTES - HASH - 1) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The role of a service that reads. The prefix keeps it apart from PostgreSQL's own roles and from people's. */
    static String role(String service) {
        return name(ROLE_PREFIX + service);
    }

    /** A string literal that means the same whatever {@code standard_conforming_strings} says. */
    static String literal(String text) {
        String quoted = "'" + text.replace("\0", "").replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }
}
