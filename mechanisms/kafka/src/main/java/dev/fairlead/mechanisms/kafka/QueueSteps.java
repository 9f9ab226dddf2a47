package dev.fairlead.mechanisms.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps as bytes: one that tells the kind, then its parts in their order, numbers big-endian, lists behind their length. */
final class QueueSteps {
    private static final int MOST = 1 << 16;

    private QueueSteps() {}

    static byte[] pack(QueueStep step) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(step, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(QueueStep step, DataOutputStream out) throws IOException {
        switch (step) {
            case QueueStep.Take(long lease, List<Long> messages) -> {
                out.writeByte(1);
                out.writeLong(lease);
                numbers(messages, out);
            }
            case QueueStep.Acknowledge(QueueStep.Hold hold) -> {
                out.writeByte(2);
                hold(hold, out);
            }
            case QueueStep.GiveBack(QueueStep.Hold hold, Instant notBefore) -> {
                out.writeByte(3);
                hold(hold, out);
                moment(notBefore, out);
            }
            case QueueStep.HandBack(QueueStep.Hold hold) -> {
                out.writeByte(4);
                hold(hold, out);
            }
            case QueueStep.Expire(List<QueueStep.Hold> holds) -> {
                out.writeByte(5);
                out.writeInt(holds.size());
                for (QueueStep.Hold hold : holds) {
                    hold(hold, out);
                }
            }
            case QueueStep.Leave() -> out.writeByte(6);
            case QueueStep.SetAside(QueueStep.Hold hold, Instant since, String error) -> {
                out.writeByte(7);
                hold(hold, out);
                moment(since, out);
                out.writeUTF(error);
            }
            case QueueStep.Redrive(List<Long> dead) -> {
                out.writeByte(8);
                numbers(dead, out);
            }
            case QueueStep.Dismiss dismissal -> {
                out.writeByte(9);
                dismissal(dismissal, out);
            }
            case QueueStep.Keep(long below, List<QueueStep.Dismiss> dismissals) -> {
                out.writeByte(10);
                out.writeLong(below);
                out.writeInt(dismissals.size());
                for (QueueStep.Dismiss dismissal : dismissals) {
                    dismissal(dismissal, out);
                }
            }
        }
    }

    private static void numbers(List<Long> numbers, DataOutputStream out) throws IOException {
        out.writeInt(numbers.size());
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    private static void hold(QueueStep.Hold hold, DataOutputStream out) throws IOException {
        out.writeLong(hold.message());
        out.writeLong(hold.taken());
    }

    private static void moment(Instant moment, DataOutputStream out) throws IOException {
        out.writeLong(moment.getEpochSecond());
        out.writeInt(moment.getNano());
    }

    private static void dismissal(QueueStep.Dismiss dismissal, DataOutputStream out) throws IOException {
        out.writeLong(dismissal.number());
        moment(dismissal.time(), out);
        out.writeUTF(dismissal.reason());
    }

    /** The step that was packed; null for bytes that are none. */
    static @Nullable QueueStep unpack(byte[] packed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            QueueStep step = read(in);
            return in.available() > 0 ? null : step;
        } catch (IOException | DateTimeException | ArithmeticException none) {
            return null;
        }
    }

    private static @Nullable QueueStep read(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 1 -> new QueueStep.Take(in.readLong(), list(in, DataInputStream::readLong));
            case 2 -> new QueueStep.Acknowledge(hold(in));
            case 3 -> new QueueStep.GiveBack(hold(in), moment(in));
            case 4 -> new QueueStep.HandBack(hold(in));
            case 5 -> new QueueStep.Expire(list(in, QueueSteps::hold));
            case 6 -> new QueueStep.Leave();
            case 7 -> new QueueStep.SetAside(hold(in), moment(in), in.readUTF());
            case 8 -> new QueueStep.Redrive(list(in, DataInputStream::readLong));
            case 9 -> dismissal(in);
            case 10 -> new QueueStep.Keep(in.readLong(), list(in, QueueSteps::dismissal));
            default -> null;
        };
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> List<T> list(DataInputStream in, Reading<T> one) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST) {
            throw new IOException("no list of " + length);
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            all.add(one.read(in));
        }
        return all;
    }

    private static QueueStep.Hold hold(DataInputStream in) throws IOException {
        return new QueueStep.Hold(in.readLong(), in.readLong());
    }

    private static Instant moment(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static QueueStep.Dismiss dismissal(DataInputStream in) throws IOException {
        return new QueueStep.Dismiss(in.readLong(), moment(in), in.readUTF());
    }
}
