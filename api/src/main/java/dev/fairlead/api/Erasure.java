package dev.fairlead.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The erasure of a key, and who has done its part.
 *
 * @param item {@code owner.name}
 * @param key in its text form; it stays, as the name of what was erased
 * @param position of the record that tells the erasure to everybody, in the item's log
 * @param asked when it was asked for, by the owner's clock
 * @param holders who holds or held what was erased, the owner's log first
 */
public record Erasure(String item, String key, Position position, Instant asked, List<Holder> holders) {
    public Erasure {
        holders = List.copyOf(holders);
    }

    /**
     * One who holds or held values of the item.
     *
     * @param name {@code SERVICE/log} for the item's log, {@code SERVICE/outbox} for the outbox of its owner, {@code SERVICE/copy} for the
     *     copy in a reading service, {@code SERVICE/GROUP} for a group that follows events
     * @param done whether it has said, durably, that it holds nothing of what was erased
     * @param since when it was done, by the holder's clock; empty when it is not done, or never held anything
     * @param failure what the group's {@link Erasing} threw in its last attempt; empty when it did not fail, or has succeeded since
     */
    public record Holder(String name, boolean done, Optional<Instant> since, String failure) {}

    /** Whether every holder is done. */
    public boolean complete() {
        return holders.stream().allMatch(Holder::done);
    }

    /** The names of those that are not done yet. */
    public List<String> missing() {
        return holders.stream()
                .filter(holder -> !holder.done())
                .map(Holder::name)
                .toList();
    }
}
