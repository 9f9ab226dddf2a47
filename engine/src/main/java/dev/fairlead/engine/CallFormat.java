package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Trace;
import dev.fairlead.planner.Envelope;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Packs the headers of questions and answers, and checks them on the way back.
 *
 * <p>Layout, big-endian: form (1 byte), key (16), attempt (4), left in nanoseconds (8, 0 in answers), checksum (4) over item, all of
 * the header and the content; behind it in questions the {@link OriginFormat origin}. An answer carries key and attempt of its question, so that one that belongs elsewhere is noticed.
 */
final class CallFormat {
    /** What an answer's header says that it is. */
    enum Form {
        QUESTION(0x24),
        GIVEN(0x21),
        REFUSED(0x22),
        FAILED(0x23);

        private final byte code;

        Form(int code) {
            this.code = (byte) code;
        }
    }

    private static final int CHECKED = 1 + 16 + 4 + 8;
    private static final int LENGTH = CHECKED + 4;
    private static final char BETWEEN = 0;
    private static final byte[] NO_ORIGIN = {};
    private static final byte[] NO_KEY = {};

    /** What the message of a queue is called as a CloudEvent. */
    static final String TOLD = "told";

    private final String item;
    private final Envelope envelope;

    /** Takes what Fairlead has written, and refuses messages of other programs. */
    CallFormat(String item) {
        this(item, Envelope.PACKED);
    }

    /** Takes messages of other programs as well, if the plan lets them tell. */
    CallFormat(String item, Envelope envelope) {
        this.item = item;
        this.envelope = envelope;
    }

    Question question(CallHeader header, byte[] payload) {
        byte[] origin = OriginFormat.pack(header.origin());
        return new Question(pack(Form.QUESTION, header, header.left(), origin, payload), payload);
    }

    /** The header of a question; fails with BAD_VALUE when it is not as it was sent. */
    CallHeader unpack(Question question) {
        if (ForeignHeader.is(question.header())) {
            return foreign(question);
        }
        check(question.header(), Form.QUESTION, question.payload());
        ByteBuffer in = ByteBuffer.wrap(question.header());
        in.get();
        UUID key = new UUID(in.getLong(), in.getLong());
        int attempt = in.getInt();
        Duration left = Duration.ofNanos(Math.max(0, in.getLong()));
        Origin origin = OriginFormat.unpack(in.position(LENGTH));
        if (origin == null) {
            throw unknown();
        }
        return new CallHeader(key, attempt, left, origin);
    }

    /** A message of another program is known by its source and id, which name it for ever. */
    private CallHeader foreign(Question question) {
        if (envelope == Envelope.PACKED) {
            throw CloudEventForm.refused(item);
        }
        byte[] header = question.header();
        CloudEvent event = ForeignHeader.read(item, header, NO_KEY, question.payload());
        if (!event.type().equals(TOLD)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a CloudEvent of another program has the type " + event.type() + ", not " + item + "." + TOLD);
        }
        String source = ForeignHeader.source(header);
        UUID key = UUID.nameUUIDFromBytes((source + BETWEEN + event.id()).getBytes(UTF_8));
        Origin origin = event.origin() == null ? Origin.of(Trace.begin()) : event.origin();
        return new CallHeader(key, 1, Duration.ZERO, origin);
    }

    Answer.Given given(CallHeader question, byte[] payload) {
        return new Answer.Given(pack(Form.GIVEN, question, Duration.ZERO, NO_ORIGIN, payload), payload);
    }

    Answer.Refused refused(Form form, CallHeader question, String code, String message) {
        byte[] header = pack(form, question, Duration.ZERO, NO_ORIGIN, content(code, message));
        return new Answer.Refused(header, code, message);
    }

    /** The form of an answer to this question; fails with BAD_VALUE when it belongs to another, or is not as it was sent. */
    Form formOf(Answer answer, CallHeader question) {
        return switch (answer) {
            case Answer.Given given -> {
                checkAnswer(given.header(), Form.GIVEN, given.payload(), question);
                yield Form.GIVEN;
            }
            case Answer.Refused refused -> {
                byte[] header = refused.header();
                Form form = header.length > 0 && header[0] == Form.REFUSED.code ? Form.REFUSED : Form.FAILED;
                checkAnswer(header, form, content(refused.code(), refused.message()), question);
                yield form;
            }
        };
    }

    private void checkAnswer(byte[] header, Form form, byte[] content, CallHeader question) {
        check(header, form, content);
        ByteBuffer in = ByteBuffer.wrap(header);
        in.get();
        UUID key = new UUID(in.getLong(), in.getLong());
        if (!key.equals(question.key()) || in.getInt() != question.attempt()) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "an answer from " + item + " belongs to another question");
        }
    }

    private byte[] pack(Form form, CallHeader header, Duration left, byte[] origin, byte[] content) {
        byte[] packed = new byte[LENGTH + origin.length];
        ByteBuffer.wrap(packed)
                .put(form.code)
                .putLong(header.key().getMostSignificantBits())
                .putLong(header.key().getLeastSignificantBits())
                .putInt(header.attempt())
                .putLong(left.toNanos())
                .put(LENGTH, origin);
        ByteBuffer.wrap(packed).putInt(CHECKED, checksum(packed, content));
        return packed;
    }

    private void check(byte[] header, Form form, byte[] content) {
        boolean origin = form == Form.QUESTION;
        if (header.length < LENGTH || header[0] != form.code || origin != header.length > LENGTH) {
            throw unknown();
        }
        if (checksum(header, content) != ByteBuffer.wrap(header).getInt(CHECKED)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "the checksum of a question to " + item + " or of its answer does not fit its content");
        }
    }

    private FairleadException unknown() {
        return new FairleadException(
                ErrorCode.BAD_VALUE,
                "a question to " + item + " or its answer has no header of a known format (sent by another program?)");
    }

    private int checksum(byte[] header, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(item.getBytes(UTF_8));
        crc.update(header, 0, CHECKED);
        crc.update(header, LENGTH, header.length - LENGTH);
        crc.update(content);
        return (int) crc.getValue();
    }

    private static byte[] content(String code, String message) {
        return (code + BETWEEN + message).getBytes(UTF_8);
    }
}
