package dev.fairlead.spi.calling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Question;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Messages as bytes: a version, a kind, then the parts in the order of the record. */
final class CallMessages {
    private static final int VERSION = 1;
    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_TEXT = 4 * Answer.MAX_MESSAGE;
    private static final int OVERHEAD = 512;

    private static final int ASK = 1;
    private static final int FORGET = 2;
    private static final int PASS = 3;
    private static final int GIVEN = 4;
    private static final int REFUSED = 5;
    private static final int BUSY = 6;
    private static final int GONE = 7;
    private static final int ABANDONED = 8;
    private static final int ROOM = 9;
    private static final int HELLO = 10;
    private static final int HERE = 11;

    private CallMessages() {}

    static byte[] pack(CallMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(OVERHEAD + sizeOf(message));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            switch (message) {
                case CallMessage.ToAnswerer toAnswerer -> write(out, toAnswerer);
                case CallMessage.ToAsker toAsker -> write(out, toAsker);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int sizeOf(CallMessage message) {
        return switch (message) {
            case CallMessage.Ask ask -> ask.question().size();
            case CallMessage.Answered(AnswererId from, long number, Answer.Given given) ->
                given.header().length + given.payload().length;
            default -> 0;
        };
    }

    private static void write(DataOutputStream out, CallMessage.ToAnswerer message) throws IOException {
        out.writeByte(
                switch (message) {
                    case CallMessage.Ask ask -> ASK;
                    case CallMessage.Forget forget -> FORGET;
                    case CallMessage.Pass pass -> PASS;
                    case CallMessage.Hello hello -> HELLO;
                });
        write(out, message.to());
        write(out, message.asker().getBytes(UTF_8));
        switch (message) {
            case CallMessage.Ask ask -> {
                out.writeLong(ask.number());
                out.writeInt(ask.more());
                out.writeLong(ask.keepNanos());
                write(out, ask.question().header());
                write(out, ask.question().payload());
            }
            case CallMessage.Forget forget -> out.writeLong(forget.number());
            case CallMessage.Pass pass -> {}
            case CallMessage.Hello hello -> {}
        }
    }

    private static void write(DataOutputStream out, CallMessage.ToAsker message) throws IOException {
        out.writeByte(
                switch (message) {
                    case CallMessage.Answered answered -> answered.answer() instanceof Answer.Given ? GIVEN : REFUSED;
                    case CallMessage.Busy busy -> BUSY;
                    case CallMessage.Gone gone -> GONE;
                    case CallMessage.Abandoned abandoned -> ABANDONED;
                    case CallMessage.Room room -> ROOM;
                    case CallMessage.Here here -> HERE;
                });
        write(out, message.from());
        switch (message) {
            case CallMessage.Answered answered -> {
                out.writeLong(answered.number());
                write(out, answered.answer());
            }
            case CallMessage.Busy busy -> out.writeLong(busy.number());
            case CallMessage.Gone gone -> out.writeLong(gone.number());
            case CallMessage.Abandoned abandoned -> out.writeLong(abandoned.number());
            case CallMessage.Room room -> out.writeInt(room.places());
            case CallMessage.Here here -> {}
        }
    }

    private static void write(DataOutputStream out, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Given given -> {
                write(out, given.header());
                write(out, given.payload());
            }
            case Answer.Refused refused -> {
                write(out, refused.header());
                write(out, refused.code().getBytes(UTF_8));
                write(out, refused.message().getBytes(UTF_8));
            }
        }
    }

    private static void write(DataOutputStream out, AnswererId id) throws IOException {
        write(out, id.address().getBytes(UTF_8));
        out.writeLong(id.number());
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    /** @throws IOException when the bytes are no message, or of a version that is not known here */
    static CallMessage unpack(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("version " + version + " is not known here");
        }
        int kind = in.readUnsignedByte();
        AnswererId id = new AnswererId(text(in, LONGEST_ADDRESS), in.readLong());
        CallMessage message = switch (kind) {
            case ASK ->
                new CallMessage.Ask(
                        id, text(in, LONGEST_ADDRESS), in.readLong(), more(in), in.readLong(), question(in));
            case FORGET -> new CallMessage.Forget(id, text(in, LONGEST_ADDRESS), in.readLong());
            case PASS -> new CallMessage.Pass(id, text(in, LONGEST_ADDRESS));
            case GIVEN -> new CallMessage.Answered(id, in.readLong(), given(in));
            case REFUSED -> new CallMessage.Answered(id, in.readLong(), refused(in));
            case BUSY -> new CallMessage.Busy(id, in.readLong());
            case GONE -> new CallMessage.Gone(id, in.readLong());
            case ABANDONED -> new CallMessage.Abandoned(id, in.readLong());
            case ROOM -> new CallMessage.Room(id, number(in, Call.MAX_ROOM));
            case HELLO -> new CallMessage.Hello(id, text(in, LONGEST_ADDRESS));
            case HERE -> new CallMessage.Here(id);
            default -> throw new IOException("kind " + kind + " is not known here");
        };
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes too many");
        }
        return message;
    }

    private static Question question(DataInputStream in) throws IOException {
        return new Question(part(in, Question.MAX_HEADER), part(in, Question.MAX_PAYLOAD));
    }

    private static Answer given(DataInputStream in) throws IOException {
        return new Answer.Given(part(in, Question.MAX_HEADER), part(in, Question.MAX_PAYLOAD));
    }

    private static Answer refused(DataInputStream in) throws IOException {
        return new Answer.Refused(part(in, Question.MAX_HEADER), text(in, LONGEST_TEXT), text(in, LONGEST_TEXT));
    }

    private static int more(DataInputStream in) throws IOException {
        return number(in, Call.MAX_WAITING + Call.MAX_ROOM);
    }

    private static int number(DataInputStream in, int most) throws IOException {
        int number = in.readInt();
        if (number < 0 || number > most) {
            throw new IOException("a number from 0 to " + most + " is " + number);
        }
        return number;
    }

    private static String text(DataInputStream in, int longest) throws IOException {
        return new String(part(in, longest), UTF_8);
    }

    private static byte[] part(DataInputStream in, int longest) throws IOException {
        int length = number(in, longest);
        if (length > in.available()) {
            throw new IOException("it ends in the middle");
        }
        return in.readNBytes(length);
    }
}
