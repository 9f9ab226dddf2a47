package dev.fairlead.spi.calling;

import java.util.BitSet;

/**
 * Which of the latest numbers of one asker came, and which of them ran. A number that is older than the window counts as one that came.
 * Not safe for threads.
 */
final class NumberWindow {
    static final int SIZE = 4096;

    private final BitSet came = new BitSet(SIZE);
    private final BitSet ran = new BitSet(SIZE);
    private long highest;

    /** Whether the number comes for the first time. */
    boolean come(long number) {
        if (number <= highest - SIZE || number < 1) {
            return false;
        }
        moveTo(number);
        int place = place(number);
        if (came.get(place)) {
            return false;
        }
        came.set(place);
        return true;
    }

    private void moveTo(long number) {
        if (number - highest >= SIZE) {
            came.clear();
            ran.clear();
            highest = number;
        }
        while (highest < number) {
            highest++;
            came.clear(place(highest));
            ran.clear(place(highest));
        }
    }

    /** Notes of a number that just came that it runs. */
    void run(long number) {
        if (number > highest - SIZE) {
            ran.set(place(number));
        }
    }

    /** Whether the number ran; from now on it counts as one that did not. */
    boolean takeRun(long number) {
        if (number <= highest - SIZE || number > highest || number < 1 || !ran.get(place(number))) {
            return false;
        }
        ran.clear(place(number));
        return true;
    }

    private static int place(long number) {
        return (int) (number % SIZE);
    }
}
