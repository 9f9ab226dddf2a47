package dev.fairlead.node;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** An outside client that somebody says to be who is believed: {@code customers?sub=17850}, its name and then what is vouched for it. */
final class NamedClient {
    /** The header that tells. */
    static final String HEADER = "Fairlead-Client";

    private static final int LONGEST = 2_000;
    private static final int ID_BYTES = 8;

    private NamedClient() {}

    /** Fails with BAD_REQUEST when it is malformed, with UNKNOWN_SERVICE when nothing is exposed to clients of this name. */
    static Caller.Outsider of(String text, Set<String> known) {
        String[] parts = text.split("\\?", 2);
        if (text.length() > LONGEST) {
            throw malformed();
        }
        if (!known.contains(parts[0])) {
            throw new Problem(
                    ProblemType.UNKNOWN_SERVICE,
                    "the header " + HEADER + " names nobody to whom the plan exposes something");
        }
        Map<String, String> claims = new HashMap<>();
        for (String pair : parts.length == 1 || parts[1].isEmpty() ? new String[0] : parts[1].split("&", -1)) {
            String[] claim = pair.split("=", 2);
            String name = PathSegments.decoded(claim[0]);
            if (claim.length == 1 || name.isEmpty() || claims.put(name, PathSegments.decoded(claim[1])) != null) {
                throw malformed();
            }
        }
        byte[] digest = RequestKey.digest(text.getBytes(StandardCharsets.UTF_8));
        return new Caller.Outsider(parts[0], HexFormat.of().formatHex(digest, 0, ID_BYTES), claims);
    }

    private static Problem malformed() {
        return new Problem(
                ProblemType.BAD_REQUEST, "the header " + HEADER + " is of the form NAME?CLAIM=VALUE&CLAIM=VALUE");
    }
}
