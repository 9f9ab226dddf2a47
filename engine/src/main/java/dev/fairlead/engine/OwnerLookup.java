package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.ValueCodec;
import java.util.Optional;

/** Asks the owner's table, for a value that a copy does not have or that needs no copy. */
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
        Optional<FeedRecord> newest = table.flatMap(open -> open.latest(item, keyText.bytes(key)))
                .map(outlet::pass)
                .filter(record -> record.envelope().version() >= atLeast.version());
        return reading(newest.orElseThrow(() -> notThere(atLeast)));
    }

    /** The newest value that the owner committed. */
    Reading<V> read(K key) {
        Table open = table.orElseThrow(() -> new FairleadException(
                ErrorCode.CAPABILITY,
                "the mechanism of " + item + " cannot look up a key (choose another, or read a copy)"));
        return open.latest(item, keyText.bytes(key))
                .map(outlet::pass)
                .map(this::reading)
                .orElseGet(Reading.Absent::new);
    }

    private Reading<V> reading(FeedRecord record) {
        Envelope envelope = record.envelope();
        return envelope.removal()
                ? new Reading.Absent<>()
                : new Reading.Fresh<>(codec.decode(record.payload()), envelope.mark(record.offset()));
    }

    private FairleadException notThere(Receipt atLeast) {
        return new FairleadException(
                ErrorCode.DEADLINE,
                "version " + atLeast.version() + " of " + item + " " + atLeast.key()
                        + " is not here yet (wait longer, or check that the copy runs)");
    }
}
