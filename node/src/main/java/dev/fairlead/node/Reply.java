package dev.fairlead.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a call is answered with; immutable but for the bytes of its body. */
record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};
    private static final String NO_STORE = "no-store";

    Reply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Reply of(int status) {
        return new Reply(status, Map.of(), NOTHING);
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    static Reply of(Problem problem) {
        ProblemType type = problem.type();
        Reply reply = of(type.status(), Json.PROBLEM, Json.of(json -> json.writeStartObject()
                        .writeStringProperty("type", type.reference())
                        .writeStringProperty("title", type.title())
                        .writeNumberProperty("status", type.status())
                        .writeStringProperty("detail", problem.detail())
                        .writeEndObject()))
                .with("Cache-Control", NO_STORE);
        return type.status() == 503 ? reply.with("Retry-After", "1") : reply;
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
