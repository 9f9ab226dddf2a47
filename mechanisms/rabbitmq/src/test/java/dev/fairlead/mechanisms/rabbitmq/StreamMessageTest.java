package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.stream.Codec;
import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.codec.InternalCodec;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.CloudEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamMessageTest {
    private static final long ID = (7L << 41) + 3;
    private static final Codec AMQP = new InternalCodec();
    private static final Codec OURS = new StreamCodec();

    static Stream<LogEntry> entries() {
        CloudEvent event = new CloudEvent("shop.sale", "Sold", "k", 1, 1, Instant.EPOCH, null, "application/json");
        return Stream.of(
                entry(1, 33, 160),
                entry(255, 255, 255),
                entry(256, 256, 256),
                entry(LogEntry.MAX_KEY, LogEntry.MAX_HEADER, LogEntry.MAX_PAYLOAD),
                entry(8, 9, 0),
                new LogEntry(bytes(8), bytes(9), bytes(10), event));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void oursAreReadByTheLibrary(LogEntry entry) {
        Message read = AMQP.decode(written(entry), written(entry).readableBytes());
        assertThat(Records.id(read)).isEqualTo(ID);
        assertThat(Records.mark(read)).isNull();
        assertSame(Records.of(5, 4, read), entry);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void oursAreReadByWhereTheirPartsStand(LogEntry entry) {
        StreamMessage read = read(written(entry));
        assertThat(RecordLayout.parts(read.bytes())).isNotNull();
        assertThat(read.id()).isEqualTo(ID);
        assertThat(read.mark()).isNull();
        assertSame(requireNonNull(read.record(5, 4)), entry);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void thoseThatTheLibraryWroteAreReadTheSame(LogEntry entry) {
        for (long id : List.of(1L, ID)) {
            StreamMessage read = read(encoded(Records.of(AMQP.messageBuilder(), entry, id)));
            assertThat(RecordLayout.parts(read.bytes())).isNotNull();
            assertThat(read.id()).isEqualTo(id);
            assertSame(requireNonNull(read.record(5, 4)), entry);
        }
    }

    @Test
    void aMarkIsNoRecord() {
        StreamMessage mark = read(encoded(Records.mark(AMQP.messageBuilder(), "claim", ID)));
        assertThat(mark.mark()).isEqualTo("claim");
        assertThat(mark.id()).isEqualTo(ID);
        assertThat(mark.record(5, 4)).isNull();
    }

    @Test
    void whatIsCutOffAnywhereIsAStrangers() {
        byte[] whole = read(written(entry(3, 300, 300))).bytes();
        for (int length = 0; length < whole.length; length++) {
            StreamMessage cut = new StreamMessage(Arrays.copyOf(whole, length));
            assertThat(RecordLayout.parts(cut.bytes()))
                    .as("of the first %s", length)
                    .isNull();
            LogRecord record = requireNonNull(cut.record(5, 4));
            assertThat(record.isErased()).isFalse();
        }
    }

    @Test
    void whatIsLongerThanItSaysIsNoneOfOurs() {
        byte[] whole = read(written(entry(3, 4, 5))).bytes();
        assertThat(RecordLayout.parts(Arrays.copyOf(whole, whole.length + 1))).isNull();
    }

    @Test
    void aStrangersTextIsItsPayload() {
        StreamMessage stranger = read(
                encoded(AMQP.messageBuilder().addData("two".getBytes(UTF_8)).build()));
        assertThat(stranger.id()).isEqualTo(-1);
        assertThat(stranger.record(5, 4)).isNotNull();
        assertThat(stranger.getBodyAsBinary()).isEqualTo("two".getBytes(UTF_8));
    }

    @Test
    void whatIsNotAmqpIsItsOwnBody() {
        StreamMessage stranger = new StreamMessage(new byte[] {1, 2, 3});
        assertThat(stranger.id()).isEqualTo(-1);
        assertThat(stranger.mark()).isNull();
        assertThat(stranger.getBodyAsBinary()).containsExactly(1, 2, 3);
    }

    private static void assertSame(LogRecord record, LogEntry entry) {
        assertThat(record.offset()).isEqualTo(5);
        assertThat(record.emptyFrom()).isEqualTo(4);
        assertThat(record.key()).isEqualTo(entry.key());
        assertThat(record.header()).isEqualTo(entry.header());
        assertThat(record.payload()).isEqualTo(entry.payload());
    }

    private static LogEntry entry(int key, int header, int payload) {
        return new LogEntry(bytes(key), bytes(header), bytes(payload));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; at++) {
            bytes[at] = (byte) (at * 31 + length);
        }
        return bytes;
    }

    private static ByteBuf written(LogEntry entry) {
        return encoded(StreamMessage.of(entry, ID));
    }

    /** As it stands in a stream: without the size in front. */
    private static ByteBuf encoded(Message message) {
        ByteBuf bytes = Unpooled.buffer();
        Codec.EncodedMessage encoded = OURS.encode(message);
        encoded.writeTo(bytes);
        assertThat(bytes.readInt()).isEqualTo(encoded.getSize()).isEqualTo(bytes.readableBytes());
        return bytes;
    }

    private static StreamMessage read(ByteBuf bytes) {
        return (StreamMessage) OURS.decode(bytes, bytes.readableBytes());
    }
}
