package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the newest record of a key: first its offset, then the record there. */
final class LatestLookup {
    private LatestLookup() {}

    static Optional<LogRecord> find(Database database, OpenLog log, byte[] key) {
        if (!log.keepsLatest()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "log " + log.name() + " keeps no latest records; define it with retention LatestPerKey");
        }
        Long tried = null;
        while (true) {
            Long offset = offset(database, log, key);
            if (offset == null) {
                return Optional.empty();
            }
            LogRecord record = at(database, log, offset);
            if (record != null && Arrays.equals(record.key(), key)) {
                return Optional.of(record);
            }
            if (offset.equals(tried)) {
                throw BlockScan.damaged(database.place(), log, "the record at offset " + offset + " is missing");
            }
            tried = offset;
        }
    }

    private static @Nullable Long offset(Database database, OpenLog log, byte[] key) {
        byte[] found = database.read(
                handles -> handles.database().get(handles.family(Family.LATEST), Keys.latest(log.id(), key)));
        return found == null ? null : Keys.number(found);
    }

    /** None when a newer record took its place since the offset was looked up. */
    private static @Nullable LogRecord at(Database database, OpenLog log, long offset) {
        TailSegment segment = log.tail().find(offset);
        if (segment != null) {
            return segment.record(offset);
        }
        StoredRecords stored = new StoredRecords(database, log, 1);
        List<LogRecord> records = new ArrayList<>(1);
        stored.take(records, offset, offset + 1, 1);
        return records.isEmpty() || records.getFirst().offset() != offset ? null : records.getFirst();
    }
}
