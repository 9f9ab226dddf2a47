package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Printed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of the file is played, and how its time maps to the time of the run.
 *
 * <p>The part lies around the longest silence of the file, so that it comes early in the run. The silence is played at the same
 * speed as the rest as long as it then lasts long enough to be judged and short enough to leave time for the other stories;
 * beyond that it is stretched or shortened, and {@link #explained} says so.
 *
 * @param first the index of the first trade that is played
 * @param start the second of the file at which the run begins
 * @param speed seconds of the file per second of the run
 * @param silence of the file
 * @param quiet how long the silence lasts in the run
 */
record PlayWindow(int first, long start, double speed, Silence silence, Duration quiet) {
    private static final Duration SHORTEST_QUIET = Duration.ofMillis(800);
    private static final double QUIET_BEGINS = 0.12;
    private static final double LONGEST_QUIET = 0.2;

    /** A file that fits into the run ends a little before it. */
    private static final double REACHED = 0.97;

    /** Chooses the part for a run of this length. A speed at which the file would end before the run is lowered. */
    static PlayWindow around(Silence silence, List<Trade> trades, double wanted, Duration length) {
        double run = length.toNanos() / 1e9;
        long begin = trades.getFirst().second();
        long rest = trades.getLast().second() - begin - silence.seconds();
        double highest = rest / (run * REACHED - quiet(silence, wanted, run));
        double speed = Math.max(Math.min(wanted, highest), 1e-3);
        double quiet = quiet(silence, speed, run);
        long start = Math.max(begin, silence.from() - (long) (run * QUIET_BEGINS * speed));
        long end = trades.getLast().second();
        double reach = start + (run - quiet) * speed + silence.seconds();
        if (reach > end) {
            start = Math.max(begin, start - (long) Math.ceil(reach - end));
        }
        int first = 0;
        while (trades.get(first).second() < start) {
            first++;
        }
        return new PlayWindow(first, start, speed, silence, Duration.ofNanos((long) (quiet * 1e9)));
    }

    private static double quiet(Silence silence, double speed, double run) {
        double shortest = SHORTEST_QUIET.toNanos() / 1e9;
        return Math.clamp(silence.seconds() / speed, shortest, Math.max(shortest, run * LONGEST_QUIET));
    }

    /** When the trade of this second is due, from the beginning of the run, in nanoseconds. */
    long due(long second) {
        if (second <= silence.from()) {
            return (long) ((second - start) / speed * 1e9);
        }
        return (long) ((second - start - silence.seconds()) / speed * 1e9) + quiet.toNanos();
    }

    /** What a reader of the output should know about the part and the silence. */
    List<String> explained(double wanted) {
        List<String> lines = new ArrayList<>();
        if (speed < wanted) {
            lines.add(Printed.text("at %,.0f× the file would end before the run: played at %,.0f×", wanted, speed));
        }
        double natural = silence.seconds() / speed;
        double played = quiet.toNanos() / 1e9;
        String how = Math.abs(natural - played) < 0.001
                ? Printed.text("lasts %.2f s at this speed", played)
                : Printed.text("would last %.2f s at this speed and is played in %.2f s", natural, played);
        lines.add(Printed.text("the file's longest silence, %,d s without a trade, %s", silence.seconds(), how));
        return lines;
    }
}
