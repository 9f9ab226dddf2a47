package dev.fairlead.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Access;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Looks for what the time of a comparison tells of where the first difference is: by Welch's t-test of two sorts of samples in random order, as dudect does (Reparaz, Balasch, Verbauwhede,
 * "Dude, is my code constant time?", 2017). The slow half of the samples, which is the scheduler's and the collector's, is cut off at one time for both sorts.
 */
class TimeTellsNothingTest {
    private static final int SAMPLES = 200_000;
    private static final int WARMUP = 20_000;
    private static final int BLOCK = 1_000;
    private static final double SIGNIFICANT = 4.5;
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final byte[] HASH = Roll.sha256(KEY);

    private final Random random = new Random(8);
    private final Roll roll = new Roll(
            Map.of(
                    "billing",
                    new Access.Proofs(Set.of(), Set.of(), Set.of(HexFormat.of().formatHex(HASH)))),
            Map.of(),
            List.of());

    @Test
    void s8AKeyThatIsWrongAtItsEndTakesAsLongAsOneWrongAtItsStart() {
        assertThat(t(TimeTellsNothingTest::keyWrongAt, key -> roll.ofKey(key).isPresent()))
                .isLessThan(SIGNIFICANT);
    }

    @Test
    void s8AHashThatDiffersAtItsEndTakesAsLongAsOneThatDiffersAtItsStart() {
        assertThat(t(TimeTellsNothingTest::wrongAt, hash -> roll.ofHash(hash).isPresent()))
                .isLessThan(SIGNIFICANT);
    }

    @Test
    void aComparisonThatEndsAtTheFirstDifferenceIsFoundOut() {
        assertThat(t(TimeTellsNothingTest::wrongAt, TimeTellsNothingTest::equalUpToTheFirstDifference))
                .isGreaterThan(SIGNIFICANT);
    }

    private static String keyWrongAt(int at) {
        char[] wrong = KEY.toCharArray();
        wrong[at] = 'x';
        return new String(wrong);
    }

    private static byte[] wrongAt(int at) {
        byte[] wrong = HASH.clone();
        wrong[at] ^= 1;
        return wrong;
    }

    private static boolean equalUpToTheFirstDifference(byte[] other) {
        for (int at = 0; at < HASH.length; at++) {
            if (HASH[at] != other[at]) {
                return false;
            }
        }
        return true;
    }

    /**
     * How sure it is that the two sorts differ. Each sample has an object of its own, so that no place in memory belongs to one sort; they are made a block ahead, because a processor reads what it
     * has just written in another time.
     */
    private <T> double t(IntFunction<T> wrongAt, Predicate<T> right) {
        int end = HASH.length - 1;
        int[] places =
                random.ints(WARMUP + SAMPLES, 0, 2).map(late -> late * end).toArray();
        long[] nanos = new long[places.length];
        int rights = 0;
        for (int block = 0; block < places.length; block += BLOCK) {
            List<T> wrong = Arrays.stream(places, block, block + BLOCK)
                    .mapToObj(wrongAt)
                    .toList();
            for (int sample = 0; sample < BLOCK; sample++) {
                T each = wrong.get(sample);
                long begin = System.nanoTime();
                boolean taken = right.test(each);
                nanos[block + sample] = System.nanoTime() - begin;
                rights += taken ? 1 : 0;
            }
        }
        assertThat(rights).isZero();
        return Math.abs(welch(
                Arrays.copyOfRange(nanos, WARMUP, nanos.length), Arrays.copyOfRange(places, WARMUP, places.length)));
    }

    private static double welch(long[] nanos, int[] places) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        long cut = sorted[SAMPLES / 2];
        Moments early = new Moments();
        Moments lately = new Moments();
        for (int sample = 0; sample < SAMPLES; sample++) {
            if (nanos[sample] <= cut) {
                (places[sample] > 0 ? lately : early).add(nanos[sample]);
            }
        }
        return (early.mean - lately.mean) / Math.sqrt(early.error() + lately.error());
    }

    private static final class Moments {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        double error() {
            return squares / (count - 1) / count;
        }
    }
}
