package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Question;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A message as the server keeps it: four bytes that tell how long its header is, the header, and the payload. */
final class Content {
    private Content() {}

    static byte[] of(Question message) {
        return ByteBuffer.allocate(Integer.BYTES + message.size())
                .putInt(message.header().length)
                .put(message.header())
                .put(message.payload())
                .array();
    }

    static Question message(String queue, byte[] content) {
        int header =
                content.length < Integer.BYTES ? -1 : ByteBuffer.wrap(content).getInt();
        if (header < 0 || header > content.length - Integer.BYTES) {
            throw Failures.damaged(queue + ": the content of a message is not as it was written");
        }
        int payload = Integer.BYTES + header;
        return new Question(
                Arrays.copyOfRange(content, Integer.BYTES, payload),
                Arrays.copyOfRange(content, payload, content.length));
    }
}
