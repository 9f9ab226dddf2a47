package dev.fairlead.engine;

import dev.fairlead.spi.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** Loses, doubles, keeps back and swaps messages of a topic, each with one chance in ten. */
public final class UnreliableDelivery implements UnaryOperator<List<Question>> {
    private static final int CHANCE = 10;

    private final Random random;
    private final List<Question> keptBack = new ArrayList<>();
    private final LongAdder lost = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final LongAdder late = new LongAdder();

    public UnreliableDelivery(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public List<Question> apply(List<Question> come) {
        List<Question> delivered = new ArrayList<>();
        for (Question message : come) {
            if (happens()) {
                lost.increment();
            } else if (happens()) {
                late.increment();
                keptBack.add(message);
            } else {
                delivered.add(message);
                if (happens()) {
                    doubled.increment();
                    delivered.add(message);
                }
            }
        }
        if (!delivered.isEmpty() && !keptBack.isEmpty() && random.nextBoolean()) {
            delivered.addAll(keptBack);
            keptBack.clear();
        }
        if (delivered.size() > 1 && happens()) {
            Collections.swap(delivered, 0, delivered.size() - 1);
        }
        return delivered;
    }

    private boolean happens() {
        return random.nextInt(CHANCE) == 0;
    }

    public long lost() {
        return lost.sum();
    }

    public long doubled() {
        return doubled.sum();
    }

    public long late() {
        return late.sum();
    }
}
