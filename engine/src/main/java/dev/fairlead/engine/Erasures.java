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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The erasures of an item on the owner's side: finishes what was begun, and asks the holders how far they are. */
final class Erasures {
    private final String item;
    private final String mechanism;
    private final boolean supported;
    private final ErasureNote note;
    private final ErasureNote outbox;
    private final Log log;
    private final ErasureJournal journal;
    private final Supplier<List<ErasureNote>> readers;
    private final ReentrantLock erasing = new ReentrantLock();

    /** The erasures of an item whose records are in its log, by their offsets, and the writer that can finish them. */
    record Begun(LogWriter writer, SortedMap<Long, ErasedKeys.Erased> all) {}

    /** @param readers what those say who read the item, now */
    private Erasures(
            String item,
            String owner,
            Log log,
            Mechanism mechanism,
            ErasureJournal journal,
            Supplier<List<ErasureNote>> readers) {
        this.item = item;
        this.mechanism = mechanism.name();
        this.supported = ErasureNote.supportedBy(mechanism);
        this.note = ErasureNote.of(log, item, owner, "log");
        this.outbox = ErasureNote.of(log, item, owner, "outbox");
        this.log = log;
        this.journal = journal;
        this.readers = readers;
    }

    /** Those that the plan gives a copy have to say that they erased, and those that have opened one nevertheless. */
    static Erasures ofState(ItemPlan plan, Log log, Mechanism mechanism, ErasureJournal journal) {
        return new Erasures(plan.id(), plan.owner(), log, mechanism, journal, () -> {
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
    static Erasures ofEvents(
            String item, String owner, Log log, Mechanism mechanism, FollowerList followers, ErasureJournal journal) {
        return new Erasures(
                item,
                owner,
                log,
                mechanism,
                journal,
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
    private void refuseBesideOutbox() {
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

    /**
     * Erases a key where no outbox is. Erasures come one after the other, writes go on meanwhile.
     *
     * @param key as text
     * @param begin writes the record of the erasure, and tells all that are begun then
     */
    Erasure erase(String key, Supplier<Begun> begin) {
        refuseWhereUnsupported();
        refuseBesideOutbox();
        erasing.lock();
        try {
            Begun begun = begin.get();
            finish(begun.writer(), begun.all());
            return report(key, begun.all());
        } finally {
            erasing.unlock();
        }
    }

    /** Takes out of the log what the erasures from the outbox erase. */
    void finishOfOutbox(Supplier<Begun> begun) {
        erasing.lock();
        try {
            Begun inLog = begun.get();
            finish(inLog.writer(), inLog.all());
            outboxErased(inLog.all());
        } finally {
            erasing.unlock();
        }
    }

    /** Remembers, durably when it returns, that the item has an outbox; a new one holds nothing of what was erased before. */
    void outboxOpened() {
        if (supported && !haveOutbox()) {
            outbox.write(log.bounds(item, 0).end());
        }
    }

    /** What these erasures erase is not in the outbox any more. */
    private void outboxErased(SortedMap<Long, ErasedKeys.Erased> erased) {
        if (supported && !erased.isEmpty()) {
            say(outbox, erased.lastKey() + 1);
        }
    }

    /**
     * Takes the content out of the log for every erasure that has not been noted as done, in their order, and notes it.
     *
     * @param begun the keys, by the offset of their erasure's record
     */
    synchronized void finish(LogWriter writer, SortedMap<Long, ErasedKeys.Erased> begun) {
        if (!supported || begun.isEmpty()) {
            return;
        }
        SortedMap<Long, ErasedKeys.Erased> left = begun.tailMap(note.below().orElse(0L));
        left.forEach((offset, erased) -> {
            writer.erase(0, erased.key().getBytes(StandardCharsets.UTF_8), offset);
            say(note, offset + 1);
        });
    }

    private void say(ErasureNote holder, long below) {
        if (holder.below().orElse(0L) < below) {
            journal.doneBelow(holder.holder(), below);
            holder.write(below);
        }
    }

    /** The erasure of the key as it stands now. */
    Erasure report(String key, SortedMap<Long, ErasedKeys.Erased> known) {
        return reports(known).stream()
                .filter(erasure -> erasure.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.INTERNAL, "the erasure of a key of " + item + " is done and not in the log"));
    }

    List<Erasure> reports(SortedMap<Long, ErasedKeys.Erased> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        List<ErasureNote> notes = new ArrayList<>();
        notes.add(note);
        if (haveOutbox()) {
            notes.add(outbox);
        }
        notes.addAll(readers.get());
        ErasureJournal.Pages said = journal.read();
        List<Erasure> reports = new ArrayList<>(known.size());
        known.forEach((offset, erased) -> reports.add(new Erasure(
                item,
                erased.key(),
                new Position(0, offset),
                erased.asked(),
                notes.stream().map(holder -> holder(holder, offset, said)).toList())));
        return reports;
    }

    private static Erasure.Holder holder(ErasureNote note, long offset, ErasureJournal.Pages pages) {
        Optional<Long> below = note.below();
        ErasureJournal.Said said = pages.of(note.holder(), offset);
        boolean done =
                below.isPresent() && below.get() > offset && said.failure().isEmpty();
        return new Erasure.Holder(note.holder(), done, done ? said.done() : Optional.empty(), said.failure());
    }
}
