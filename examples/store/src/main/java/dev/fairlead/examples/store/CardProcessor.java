package dev.fairlead.examples.store;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The company that charges cards, outside the landscape. It fails at a seeded rate, before the money has moved or after.
 *
 * <p>A charge with a reference that it knows moves no money again. Its book of moved money lives on when the landscape is killed.
 * Safe for many threads.
 */
final class CardProcessor {
    private static final double DECLINED = 0.05;
    private static final double UNREACHABLE = 0.15;
    private static final double ANSWER_LOST = 0.05;

    /** What becomes of a charge that is answered. */
    sealed interface Outcome {
        /** The money has moved. */
        record Accepted(String receipt) implements Outcome {}

        /** The bank said no. */
        record Refused(String reason) implements Outcome {}
    }

    private final long seed;
    private final OutsideBook book;
    private final Consumer<String> accepted;
    private final Map<String, String> receipts = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    /**
     * A processor that goes on with its book.
     *
     * @param book its file, which may be there already
     * @param accepted is called when money has moved, before that is answered
     */
    CardProcessor(long seed, Path book, Consumer<String> accepted) {
        this.seed = seed;
        this.accepted = accepted;
        this.book = new OutsideBook(book);
        for (String line : this.book.lines()) {
            String[] parts = line.split(" ", -1);
            receipts.put(parts[0], parts[2]);
        }
    }

    /** From now on every charge with this reference fails. */
    synchronized void breakDown(String reference) {
        broken.add(reference);
    }

    synchronized void repair(String reference) {
        broken.remove(reference);
    }

    /**
     * Charges a card.
     *
     * @throws IOException when it cannot be reached, or its answer is lost
     */
    synchronized Outcome charge(String reference, BigDecimal amount) throws IOException {
        if (broken.contains(reference)) {
            throw new IOException("the card processor cannot handle the card of " + reference);
        }
        String known = receipts.get(reference);
        if (known != null) {
            return new Outcome.Accepted(known);
        }
        // The first number of a Random hardly differs for seeds that are near each other.
        SplittableRandom chance = new SplittableRandom(seed * 31 + reference.hashCode());
        double fate = chance.nextDouble();
        boolean first = attempts.merge(reference, 1, Integer::sum) == 1;
        if (fate < DECLINED) {
            return new Outcome.Refused("the bank declined");
        }
        if (first && fate < DECLINED + UNREACHABLE) {
            throw new IOException("the card processor cannot be reached");
        }
        String receipt = "R" + Integer.toHexString(chance.nextInt());
        receipts.put(reference, receipt);
        book.note(reference + " " + amount + " " + receipt);
        accepted.accept(reference);
        if (first && fate > 1 - ANSWER_LOST) {
            throw new IOException("the card processor's answer was lost");
        }
        return new Outcome.Accepted(receipt);
    }

    /** How often money has moved for each reference, and how much in all. */
    synchronized Map<String, Moved> moved() {
        Map<String, Moved> moved = new HashMap<>();
        for (String line : book.lines()) {
            String[] parts = line.split(" ", -1);
            moved.merge(parts[0], new Moved(1, new BigDecimal(parts[1])), Moved::plus);
        }
        return moved;
    }

    /** What moved for one reference. */
    record Moved(int times, BigDecimal amount) {
        private Moved plus(Moved other) {
            return new Moved(times + other.times, amount.add(other.amount));
        }
    }

    /** How often a charge was tried. */
    synchronized int attempts(String reference) {
        @Nullable Integer count = attempts.get(reference);
        return count == null ? 0 : count;
    }
}
