package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.Table;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A parking log, as it is read. Where the mechanism looks single keys up, opening reads the slots and nothing else; elsewhere it
 * reads the log.
 */
final class ParkingLog {
    private static final System.Logger LOG = System.getLogger(ParkingLog.class.getName());

    private final String name;
    private final Log log;
    private final Optional<Table> table;
    private final boolean beats;

    ParkingLog(String name, Mechanism mechanism) {
        if (!(mechanism instanceof Log readable)) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " has no logs to park in");
        }
        this.name = name;
        this.log = readable;
        this.beats = mechanism.capabilities().contains(Capability.HEARTBEAT);
        this.table = compacted(mechanism) ? Mechanisms.table(mechanism) : Optional.empty();
    }

    private static boolean compacted(Mechanism mechanism) {
        return mechanism.capabilities().contains(Capability.LATEST_PER_KEY);
    }

    /** Creates the log where it does not exist. */
    static void define(String name, Mechanism mechanism, Log log, Durability durability) {
        Retention retention = compacted(mechanism) ? new Retention.LatestPerKey() : new Retention.KeepAll();
        log.define(new LogDefinition(name, retention, durability));
    }

    /** Whether those who read it hear whether its writer lives. */
    boolean tellsOfLife() {
        return beats;
    }

    /** Reads what comes from now on. */
    LogReader readNew() {
        return log.read(name, 0, log.bounds(name, 0).end());
    }

    String name() {
        return name;
    }

    Log log() {
        return log;
    }

    /** What all slots hold. A slot that cannot be read is told and set aside; it stops nothing else. */
    ParkedKeys read() {
        ParkedKeys found = new ParkedKeys();
        if (table.isPresent()) {
            lookUp(table.get(), found);
        } else {
            scan(found);
        }
        if (!found.damaged().isEmpty()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "the parking log " + name + " is damaged in the slots " + found.damaged()
                            + ": what was parked there is not sent again, and later events of its keys are not held back");
        }
        return found;
    }

    private void lookUp(Table slots, ParkedKeys found) {
        for (int slot = 0; ; slot++) {
            try {
                LogRecord written = slots.latest(name, ParkingSlots.key(slot)).orElse(null);
                if (written == null) {
                    return;
                }
                take(found, slot, written);
            } catch (FairleadException e) {
                damaged(found, slot, e);
            }
        }
    }

    private void scan(ParkedKeys found) {
        TreeMap<Integer, LogRecord> latest = new TreeMap<>();
        each(written -> latest.put(ParkingSlots.slot(written.key()), written));
        latest.forEach((slot, written) -> {
            try {
                take(found, slot, written);
            } catch (FairleadException e) {
                damaged(found, slot, e);
            }
        });
    }

    /** All records that the log holds, superseded ones included. */
    void each(Consumer<LogRecord> look) {
        StoredLog.each(log, name, 0, log.bounds(name, 0).end(), written -> {
            if (!written.isErased()) {
                look.accept(written);
            }
        });
    }

    private static void take(ParkedKeys found, int slot, LogRecord written) {
        found.found(slot, written.offset(), ParkingFormat.unpack(written.header(), written.payload()));
    }

    private static void damaged(ParkedKeys found, int slot, FairleadException failure) {
        if (failure.code() != ErrorCode.STORAGE_DAMAGED) {
            throw failure;
        }
        found.foundDamaged(slot);
    }

    /** The record as it stood in the item's log. */
    LogRecord record(Kept kept) {
        try (ParkedRecords records = records()) {
            return record(kept, records);
        }
    }

    /** The record as it stood in the item's log, found among these. */
    LogRecord record(Kept kept, ParkedRecords records) {
        LogRecord written = records.at(kept.place())
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.STORAGE_DAMAGED, "the parking log " + name + " has nothing at " + kept.place()));
        ParkingNote note = ParkingFormat.unpack(written.header(), written.payload());
        return new LogRecord(kept.origin(), note.key(), note.header(), written.payload());
    }

    /** A finder of its records, which whoever asked for it closes. */
    ParkedRecords records() {
        return new ParkedRecords(log, name);
    }
}
