package dev.fairlead.spi.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link WireOutput} wrote. Whatever is not so fails with BAD_VALUE; no length is believed before it was held against a limit. For one thread. */
public final class WireInput {
    private final ByteBuffer bytes;

    public WireInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** As {@link WireOutput#number}. */
    public long number() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw cut(e);
        }
    }

    /** As {@link WireOutput#count}; from 0 to the limit. */
    public int count(int most) {
        int value;
        try {
            value = bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw cut(e);
        }
        if (value < 0 || value > most) {
            throw bad("a count is " + value + ", where at most " + most + " is allowed", null);
        }
        return value;
    }

    /** As {@link WireOutput#bytes}, at most so many. */
    public byte[] bytes(int most) {
        int length = count(most);
        if (length > bytes.remaining()) {
            throw cut(null);
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    /** As {@link WireOutput#text}, of at most so many bytes. */
    public String text(int most) {
        return new String(bytes(most), UTF_8);
    }

    /** As {@link WireOutput#moment}. */
    public Instant moment() {
        try {
            return Instant.ofEpochSecond(number(), count(999_999_999));
        } catch (DateTimeException e) {
            throw bad("a moment is out of range", e);
        }
    }

    /** Fails when more follows. */
    public void end() {
        if (bytes.hasRemaining()) {
            throw bad(bytes.remaining() + " bytes follow where the end was expected", null);
        }
    }

    private static FairleadException cut(@Nullable Throwable cause) {
        return bad("the bytes end in the middle", cause);
    }

    private static FairleadException bad(String what, @Nullable Throwable cause) {
        return new FairleadException(ErrorCode.BAD_VALUE, "what another process sent cannot be read: " + what, cause);
    }
}
