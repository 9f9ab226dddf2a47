package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.Properties;
import com.rabbitmq.stream.codec.InternalCodec;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a stream as its bytes, which are read when somebody asks, and only as far. For one thread at a time.
 *
 * <p>What a stranger wrote otherwise than in AMQP 1.0 has its bytes as its body: one bad message must not stop a reader.
 */
final class StreamMessage implements Message {
    private static final InternalCodec AMQP = new InternalCodec();

    private final byte[] bytes;
    private @Nullable Message decoded;

    StreamMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A record that is to be published under the id. */
    static Message of(LogEntry entry, long id) {
        return entry.event() == null
                ? new StreamMessage(RecordLayout.write(entry, id))
                : Records.of(AMQP.messageBuilder(), entry, id);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The id under which one of ours was published, -1 for a stranger's. */
    long id() {
        long id = RecordLayout.id(bytes);
        return id < 0 ? Records.id(this) : id;
    }

    /** The text of a mark; none for a record. */
    @Nullable
    String mark() {
        return RecordLayout.id(bytes) < 0 ? Records.mark(this) : null;
    }

    /** A record, none of a mark; one that breaks the limits was written by a stranger, and comes without its content. */
    @Nullable
    LogRecord record(long offset, long emptyFrom) {
        RecordLayout.Parts parts = RecordLayout.parts(bytes);
        if (parts != null) {
            return new LogRecord(offset, emptyFrom, parts.key(), parts.header(), parts.payload());
        }
        return Records.mark(this) == null ? Records.of(offset, emptyFrom, this) : null;
    }

    private Message decoded() {
        Message known = decoded;
        if (known == null) {
            known = decode(bytes);
            decoded = known;
        }
        return known;
    }

    private static Message decode(byte[] bytes) {
        try {
            Message message = AMQP.decode(Unpooled.wrappedBuffer(bytes), bytes.length);
            message.getBodyAsBinary();
            return message;
        } catch (RuntimeException notAmqp) {
            return AMQP.messageBuilder().addData(bytes).build();
        }
    }

    @Override
    public boolean hasPublishingId() {
        return false;
    }

    @Override
    public long getPublishingId() {
        return 0;
    }

    @Override
    public byte[] getBodyAsBinary() {
        return decoded().getBodyAsBinary();
    }

    @Override
    public Object getBody() {
        return decoded().getBody();
    }

    @Override
    public Properties getProperties() {
        return decoded().getProperties();
    }

    @Override
    public Map<String, Object> getApplicationProperties() {
        return decoded().getApplicationProperties();
    }

    @Override
    public Map<String, Object> getMessageAnnotations() {
        return decoded().getMessageAnnotations();
    }
}
