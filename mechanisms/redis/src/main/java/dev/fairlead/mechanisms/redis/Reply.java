package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What a script or command answered: a status first where it is a script's, then what belongs to it. */
record Reply(List<?> parts) {
    static Reply of(Object answer) {
        if (answer instanceof List<?> parts) {
            return new Reply(parts);
        }
        throw new IllegalStateException("expected a list from the server, not " + answer);
    }

    String status() {
        return text(0);
    }

    boolean isOk() {
        return status().equals("ok");
    }

    int size() {
        return parts.size();
    }

    boolean has(int part) {
        return parts.get(part) != null;
    }

    byte[] bytes(int part) {
        return (byte[]) parts.get(part);
    }

    String text(int part) {
        return parts.get(part) instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(parts.get(part));
    }

    long number(int part) {
        return parts.get(part) instanceof Long number ? number : Long.parseLong(text(part));
    }

    Reply list(int part) {
        return of(parts.get(part));
    }
}
