package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The letter boxes of those who ask and answer on one store, and the list of who answers; all in memory. Safe for many threads. */
final class Letters {
    private static final int MOST = 2_000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** In which those who had boxes before a restart make them anew. */
    private static final Duration NEW = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final long begin;
    private final Map<String, LetterBox> boxes = new HashMap<>();
    private final Map<String, Announced> announced = new HashMap<>();

    private record Announced(List<Presence> all, long until) {
        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }
    }

    Letters(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** Whether a box that is not there may be there in a moment, because the node was started a moment ago. */
    boolean areNew() {
        return nanos.getAsLong() - begin < NEW.toNanos();
    }

    /** The box of the address, opened where there is none; nobody but its opener has it. */
    synchronized LetterBox own(String address, String caller) {
        LetterBox known = boxes.get(address);
        if (known == null) {
            endIdle();
            if (boxes.size() >= MOST) {
                throw new FairleadException(ErrorCode.UNREACHABLE, "the node has as many letter boxes as it takes");
            }
            known = new LetterBox(caller);
            boxes.put(address, known);
        }
        if (!known.isOf(caller)) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "the letter box is another caller's");
        }
        return known;
    }

    private void endIdle() {
        List<String> idle = boxes.entrySet().stream()
                .filter(each -> each.getValue().isIdle(IDLE))
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(this::end);
    }

    private void end(String address) {
        announced.remove(address);
        LetterBox box = boxes.remove(address);
        if (box != null) {
            box.close();
        }
    }

    /** The box of the address; null where there is none. */
    synchronized @Nullable LetterBox find(String address) {
        return boxes.get(address);
    }

    /** Takes the place of all that the address announced before. */
    synchronized void announce(String address, String caller, List<Presence> all, Duration lease) {
        LetterBox box = own(address, caller);
        all.forEach(each -> box.answers(each.number(), each.item()));
        announced.put(address, new Announced(List.copyOf(all), System.nanoTime() + lease.toNanos()));
    }

    /** Who answers for the item. */
    synchronized Collection<Presence> answering(String item) {
        announced.values().removeIf(Announced::isOver);
        List<Presence> found = new ArrayList<>();
        announced
                .values()
                .forEach(each -> each.all().stream()
                        .filter(presence -> presence.item().equals(item))
                        .forEach(found::add));
        return found;
    }

    /** The item of the answerer, also when it is closed. */
    Optional<String> item(String address, long number) {
        return Optional.ofNullable(find(address)).flatMap(box -> box.item(number));
    }

    synchronized void leave(String address, String caller) {
        LetterBox box = boxes.get(address);
        if (box != null && box.isOf(caller)) {
            end(address);
        }
    }

    synchronized boolean isUnused() {
        endIdle();
        return boxes.isEmpty();
    }

    /** Ends the boxes of other processes, who get no more letters; the node still ends what it is asked. */
    synchronized void close() {
        boxes.entrySet().stream()
                .filter(each -> !each.getValue().isOf(NodeLetters.CALLER))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::end);
    }
}
