package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/** An event of {@code text/event-stream}, as the HTML standard has it. */
final class ServerSentEvent {
    private ServerSentEvent() {}

    /** @param json without line breaks, so that it is one line of data */
    static byte[] of(String name, byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(name.length() + json.length + 20);
        event.writeBytes(("event: " + name + "\ndata: ").getBytes(US_ASCII));
        event.writeBytes(json);
        event.writeBytes("\n\n".getBytes(US_ASCII));
        return event.toByteArray();
    }

    /** The line that goes before an event, from which a client goes on. */
    static byte[] id(String cursor) {
        return ("id: " + cursor + "\n").getBytes(US_ASCII);
    }
}
