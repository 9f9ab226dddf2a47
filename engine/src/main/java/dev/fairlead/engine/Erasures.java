package dev.fairlead.engine;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.planner.Scenario;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** The erasures of an item on the owner's side: finishes what was begun, and asks the holders how far they are. */
final class Erasures {
    private final String item;
    private final String mechanism;
    private final boolean supported;
    private final ErasureNote note;
    private final ErasureNote outbox;
    private final Log log;
    private final Supplier<List<ErasureNote>> readers;

    /** @param readers what those say who read the item, now */
    private Erasures(String item, String owner, Log log, Mechanism mechanism, Supplier<List<ErasureNote>> readers) {
        this.item = item;
        this.mechanism = mechanism.name();
        this.supported = ErasureNote.supportedBy(mechanism);
        this.note = ErasureNote.of(log, item, owner, "log");
        this.outbox = ErasureNote.of(log, item, owner, "outbox");
        this.log = log;
        this.readers = readers;
    }

    /** Those that the plan gives a copy have to say that they erased, and those that have opened one nevertheless. */
    static Erasures ofState(ItemPlan plan, Log log, Mechanism mechanism) {
        return new Erasures(plan.id(), plan.owner(), log, mechanism, () -> {
            List<ErasureNote> copies = new ArrayList<>();
            plan.readers().forEach((service, scenario) -> {
                ErasureNote copy = ErasureNote.of(log, plan.id(), service, "copy");
                if (scenario == Scenario.FEED || copy.below().isPresent()) {
                    copies.add(copy);
                }
            });
            return copies;
        });
    }

    /** All groups that ever followed have to come past the erasure. */
    static Erasures ofEvents(String item, String owner, Log log, Mechanism mechanism, FollowerList followers) {
        return new Erasures(
                item,
                owner,
                log,
                mechanism,
                () -> followers.names().stream()
                        .map(name -> ErasureNote.ofGroup(log, item, name))
                        .toList());
    }

    void refuseWhereUnsupported() {
        if (!supported) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "the mechanism " + mechanism + " cannot erase a key of " + item
                            + " (choose another mechanism for it, or remove the key)");
        }
    }

    /** Rows of an outbox that is not open here would bring back what is erased in the log. */
    void refuseBesideOutbox() {
        if (haveOutbox()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    item + " has an outbox, whose rows would bring back what is erased (open the outbox first)");
        }
    }

    /** Whether the item ever had an outbox, here or in another instance. */
    boolean haveOutbox() {
        return supported && outbox.below().isPresent();
    }

    /** Remembers, durably when it returns, that the item has an outbox; a new one holds nothing of what was erased before. */
    void outboxOpened() {
        if (supported && !haveOutbox()) {
            outbox.write(log.bounds(item, 0).end());
        }
    }

    /** What these erasures erase is not in the outbox any more. */
    void outboxErased(SortedMap<Long, String> erased) {
        if (supported && !erased.isEmpty()) {
            outbox.write(erased.lastKey() + 1);
        }
    }

    /**
     * Takes the content out of the log for every erasure that has not been noted as done, in their order, and notes it.
     *
     * @param begun the keys, by the offset of their erasure's record
     */
    synchronized void finish(LogWriter writer, SortedMap<Long, String> begun) {
        if (!supported || begun.isEmpty()) {
            return;
        }
        SortedMap<Long, String> left = begun.tailMap(note.below().orElse(0L));
        left.forEach((offset, key) -> {
            writer.erase(0, key.getBytes(StandardCharsets.UTF_8), offset);
            note.write(offset + 1);
        });
    }

    Erasure report(String key, long offset) {
        List<Erasure.Holder> holders = new ArrayList<>();
        holders.add(holder(note, offset));
        if (haveOutbox()) {
            holders.add(holder(outbox, offset));
        }
        readers.get().forEach(reader -> holders.add(holder(reader, offset)));
        return new Erasure(item, key, new Position(0, offset), holders);
    }

    List<Erasure> reports(SortedMap<Long, String> known) {
        List<Erasure> reports = new ArrayList<>(known.size());
        known.forEach((offset, key) -> reports.add(report(key, offset)));
        return reports;
    }

    private static Erasure.Holder holder(ErasureNote note, long offset) {
        Optional<Long> below = note.below();
        return new Erasure.Holder(note.holder(), below.isPresent() && below.get() > offset);
    }
}
