package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.ValueCodec;
import dev.fairlead.spi.ValueDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the records of one item for one copy. Safe for many threads. */
final class CopyDecoder<K, V> {
    /** With fewer records in a page, a decoder of its own is not worth making. */
    private static final int MANY = 8;

    private final KeyText<K> keyText;
    private final ValueCodec<V> codec;
    private final RecordAccess<V> access;
    private final RecordAccess.@Nullable ComponentReader<V, Object> keyInValue;
    private final Outlet outlet;

    /** @param keyField names the component that holds the key, if the value has it */
    CopyDecoder(KeyText<K> keyText, String keyField, ValueCodec<V> codec, RecordAccess<V> access, Outlet outlet) {
        this.keyText = keyText;
        this.codec = codec;
        this.access = access;
        this.keyInValue = access.has(keyField) ? access.component(keyField, Object.class) : null;
        this.outlet = outlet;
    }

    DecodedPage<K, V> page(LogBatch batch, long read) {
        List<DecodedRecord<K, V>> records = new ArrayList<>(batch.records().size());
        ValueDecoder<V> values = batch.records().size() < MANY ? codec::decode : codec.decoder();
        for (LogRecord written : batch.records()) {
            records.add(record(written, values));
        }
        return new DecodedPage<>(batch, read, records);
    }

    DecodedRecord<K, V> record(LogRecord written) {
        return record(written, codec::decode);
    }

    private DecodedRecord<K, V> record(LogRecord written, ValueDecoder<V> values) {
        if (written.isErased()) {
            return new DecodedRecord<>(written, null, null, null, null);
        }
        FeedRecord passed;
        try {
            passed = outlet.pass(written);
        } catch (RuntimeException | Error e) {
            return new DecodedRecord<>(written, null, null, null, e);
        }
        if (passed.envelope().removal()) {
            return keyed(written, passed, null, null);
        }
        try {
            return keyed(written, passed, access.complete(values.decode(passed.payload())), null);
        } catch (RuntimeException | Error e) { // above all what the application's own constructor throws
            return keyed(written, passed, null, e);
        }
    }

    private DecodedRecord<K, V> keyed(
            LogRecord written, FeedRecord passed, @Nullable V value, @Nullable Throwable failure) {
        try {
            Object held = value == null || keyInValue == null ? null : keyInValue.read(value);
            return new DecodedRecord<>(written, passed, keyText.key(passed.key(), held), value, failure);
        } catch (RuntimeException | Error e) {
            return new DecodedRecord<>(written, passed, null, value, e);
        }
    }

    /** What listeners to the record run with; null when it belongs to no trace. */
    @Nullable
    Origin origin(FeedRecord record) {
        return outlet.origin(record);
    }
}
