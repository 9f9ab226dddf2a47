package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.ValueCodec;

/** Turns questions or answers of one item into bytes and back, complete and within the limits. */
record RequestContent<V>(String what, ValueCodec<V> codec, RecordAccess<V> access) {
    byte[] encode(V value) {
        byte[] payload = codec.encode(access.complete(value));
        if (payload.length > Question.MAX_PAYLOAD) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    what + " has " + payload.length + " bytes (allowed are " + Question.MAX_PAYLOAD
                            + "; share large data as state, or in parts)");
        }
        return payload;
    }

    V decode(byte[] payload) {
        return access.complete(codec.decode(payload));
    }
}
