package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.ValueCodec;
import java.util.Optional;

/** Asks the owner's table for a value that a copy does not have yet. */
final class OwnerLookup<K, V> {
    private final String item;
    private final KeyText<K> keyText;
    private final Optional<Table> table;
    private final Outlet outlet;
    private final ValueCodec<V> codec;

    OwnerLookup(String item, KeyText<K> keyText, Optional<Table> table, Outlet outlet, ValueCodec<V> codec) {
        this.item = item;
        this.keyText = keyText;
        this.table = table;
        this.outlet = outlet;
        this.codec = codec;
    }

    Reading<V> ask(K key, Receipt atLeast) {
        Optional<LogRecord> written = table.flatMap(open -> open.latest(item, keyText.bytes(key)));
        if (written.isEmpty()) {
            throw notThere(atLeast);
        }
        FeedRecord record = outlet.pass(written.get());
        Envelope envelope = record.envelope();
        if (envelope.version() < atLeast.version()) {
            throw notThere(atLeast);
        }
        return envelope.removal()
                ? new Reading.Absent<>()
                : new Reading.Fresh<>(
                        codec.decode(record.payload()),
                        new Mark(envelope.version(), record.offset(), envelope.checksum(), envelope.changed()));
    }

    private FairleadException notThere(Receipt atLeast) {
        return new FairleadException(
                ErrorCode.DEADLINE,
                "version " + atLeast.version() + " of " + item + " " + atLeast.key()
                        + " is not here yet (wait longer, or check that the copy runs)");
    }
}
