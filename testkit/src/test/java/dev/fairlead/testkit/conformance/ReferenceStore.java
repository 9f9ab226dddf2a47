package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Position;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.testkit.faults.MemoryTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data of a reference mechanism: what stays when an instance is closed. Guarded by its own monitor. */
final class ReferenceStore {
    final Map<String, LogData> logs = new HashMap<>();
    final ReferenceCalls calls = new ReferenceCalls();
    final Map<String, ReferenceQueues.QueueData> queues = new HashMap<>();
    final MemoryTopics topics = new MemoryTopics();

    static final class LogData {
        final LogDefinition definition;
        final Map<String, Position> positions = new HashMap<>();
        List<Stored> records = new ArrayList<>();
        long start;
        long compactedBelow;
        long end;
        long recordsBelow;
        long epoch;
        SearchedFields searched = SearchedFields.NONE;

        LogData(LogDefinition definition) {
            this.definition = definition;
        }
    }

    record Stored(LogRecord record, Instant time) {}
}
