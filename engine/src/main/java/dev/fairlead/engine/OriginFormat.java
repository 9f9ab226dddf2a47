package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import dev.fairlead.api.Trace;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Packs the origin of a record or question into its header.
 *
 * <p>Layout, big-endian: trace id (16 bytes), span id (8), flags (1: sampled, caused by a record, by a question); then, where there is a cause,
 * partition (4) and offset (8), or key (16), and in both cases the length of the item's id (1) and the id. The header around it holds the
 * checksum.
 */
final class OriginFormat {
    private static final int TRACE = 16 + 8 + 1;
    private static final int SAMPLED = 1;
    private static final int WRITTEN = 2;
    private static final int QUESTION = 4;
    private static final byte[] NONE = {};

    private OriginFormat() {}

    static byte[] pack(@Nullable Origin origin) {
        if (origin == null) {
            return NONE;
        }
        Trace trace = origin.trace();
        int flags = trace.sampled() ? SAMPLED : 0;
        return switch (origin.cause().orElse(null)) {
            case null -> head(trace, flags, 0).array();
            case Cause.Written(String item, Position position) -> {
                byte[] id = item.getBytes(UTF_8);
                yield head(trace, flags | WRITTEN, 4 + 8 + 1 + id.length)
                        .putInt(position.partition())
                        .putLong(position.offset())
                        .put((byte) id.length)
                        .put(id)
                        .array();
            }
            case Cause.Question(String item, UUID key) -> {
                byte[] id = item.getBytes(UTF_8);
                yield head(trace, flags | QUESTION, 16 + 1 + id.length)
                        .putLong(key.getMostSignificantBits())
                        .putLong(key.getLeastSignificantBits())
                        .put((byte) id.length)
                        .put(id)
                        .array();
            }
        };
    }

    private static ByteBuffer head(Trace trace, int flags, int more) {
        return ByteBuffer.allocate(TRACE + more)
                .putLong(trace.high())
                .putLong(trace.low())
                .putLong(trace.span())
                .put((byte) flags);
    }

    /** The origin that was packed, or null when the bytes are none; they must be used up. */
    static @Nullable Origin unpack(ByteBuffer in) {
        try {
            Trace packed = new Trace(in.getLong(), in.getLong(), in.getLong(), false);
            int flags = in.get();
            Trace trace = new Trace(packed.high(), packed.low(), packed.span(), (flags & SAMPLED) != 0);
            Optional<Cause> cause = switch (flags & ~SAMPLED) {
                case 0 -> Optional.empty();
                case WRITTEN -> {
                    Position position = new Position(in.getInt(), in.getLong());
                    yield Optional.of(new Cause.Written(text(in), position));
                }
                case QUESTION -> {
                    UUID key = new UUID(in.getLong(), in.getLong());
                    yield Optional.of(new Cause.Question(text(in), key));
                }
                default -> throw new IllegalArgumentException("unknown flags " + flags);
            };
            return in.hasRemaining() ? null : new Origin(trace, cause);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.get()];
        in.get(text);
        return new String(text, UTF_8);
    }
}
