package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.util.List;

/** Exchanges what two offsets hold. */
final class Swap {
    private Swap() {}

    static void payloads(List<Stored> records, int one, int other) {
        LogRecord first = records.get(one).record();
        LogRecord second = records.get(other).record();
        records.set(one, at(first.offset(), second, records.get(one)));
        records.set(other, at(second.offset(), first, records.get(other)));
    }

    private static Stored at(long offset, LogRecord record, Stored place) {
        return new Stored(new LogRecord(offset, record.key(), record.header(), record.payload()), place.time());
    }
}
