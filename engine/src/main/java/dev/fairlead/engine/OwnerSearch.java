package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Found;
import dev.fairlead.api.Reading;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.ValueCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Asks the owner's table for values by the fields that the need declares; the value that comes has the last word on whether it fits. */
final class OwnerSearch<K, V> {
    private final NeedPlan need;
    private final String item;
    private final KeyText<K> keyText;
    private final Table table;
    private final SearchedTexts texts;
    private final Outlet outlet;
    private final ValueCodec<V> codec;

    OwnerSearch(
            NeedPlan need, KeyText<K> keyText, Table table, SearchedTexts texts, Outlet outlet, ValueCodec<V> codec) {
        this.need = need;
        this.item = need.item().id();
        this.keyText = keyText;
        this.table = table;
        this.texts = texts;
        this.outlet = outlet;
        this.codec = codec;
    }

    Found<K, V> find(Map<String, ?> fields, int most, @Nullable K after) {
        Map<String, String> wanted = new HashMap<>();
        fields.forEach((field, value) -> wanted.put(field, text(field, value)));
        FoundRecords page = table.find(item, wanted, after == null ? null : keyText.bytes(after), most);
        SequencedMap<K, Reading.Fresh<V>> readings = new LinkedHashMap<>();
        for (LogRecord written : page.records()) {
            FeedRecord record = outlet.pass(written);
            if (!record.envelope().removal()
                    && texts.texts(record.payload()).entrySet().containsAll(wanted.entrySet())) {
                readings.put(keyText.key(record.key()), reading(record));
            }
        }
        byte[] next = page.next();
        return new Found<>(readings, next == null ? null : keyText.key(next));
    }

    private Reading.Fresh<V> reading(FeedRecord record) {
        return new Reading.Fresh<>(
                codec.decode(record.payload()), record.envelope().mark(record.offset()));
    }

    private String text(String field, @Nullable Object value) {
        if (!need.by().contains(field)) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    need.reader() + " does not look " + item + " up by " + field + " (say by: [ " + field
                            + " ] in its need)");
        }
        if (!texts.names().contains(field)) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    need.reader() + " cannot find values of " + item + " by " + field
                            + " at its owner: the plan gives it a copy, or the field holds no single value (to ask instead of"
                            + " copying, give the need scenario: request with a because: line)");
        }
        if (value == null) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "values of " + item + " that have no " + field + " are not found by it");
        }
        return texts.text(field, value);
    }
}
