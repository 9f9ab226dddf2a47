package dev.fairlead.node;

import java.io.IOException;
import java.io.OutputStream;

/** What a call is answered with; immutable but for the bytes of its body. */
record Reply(int status, Headers headers, Body body) {
    private static final byte[] NOTHING = {};
    private static final String NO_STORE = "no-store";

    /** What follows the headers. */
    sealed interface Body {
        /** All at once. */
        record Bytes(byte[] bytes) implements Body {}

        /** As it comes, until it ends. */
        record Stream(Source source) implements Body {}
    }

    /** What writes a stream, on the thread that calls; it may block there for as long as the stream goes on. */
    @FunctionalInterface
    interface Source {
        void write(OutputStream out) throws IOException;
    }

    static Reply of(int status) {
        return new Reply(status, Headers.NONE, new Body.Bytes(NOTHING));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Headers.NONE.with("Content-Type", contentType), new Body.Bytes(body));
    }

    static Reply stream(String contentType, Source source) {
        return new Reply(200, Headers.NONE.with("Content-Type", contentType), new Body.Stream(source));
    }

    /** The body, when it is there at once. */
    byte[] bytes() {
        return body instanceof Body.Bytes(byte[] bytes) ? bytes : NOTHING;
    }

    static Reply of(Problem problem) {
        ProblemType type = problem.type();
        Reply reply = of(type.status(), Json.PROBLEM, Json.of(json -> {
                    json.writeStartObject()
                            .writeStringProperty("type", type.reference())
                            .writeStringProperty("title", type.title())
                            .writeNumberProperty("status", type.status())
                            .writeStringProperty("detail", problem.detail());
                    problem.code().ifPresent(code -> json.writeStringProperty("code", code));
                    json.writeEndObject();
                }))
                .with("Cache-Control", NO_STORE);
        return type.status() == 503 || type.status() == 429 ? reply.with("Retry-After", "1") : reply;
    }

    Reply with(String name, String value) {
        return new Reply(status, headers.with(name, value), body);
    }
}
