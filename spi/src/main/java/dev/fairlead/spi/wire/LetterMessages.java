package dev.fairlead.spi.wire;

import dev.fairlead.spi.Call;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is said between a process that asks or answers and one that keeps the letter boxes and the list of who answers. */
public final class LetterMessages {
    /** The longest address. */
    public static final int LONGEST_ADDRESS = 200;

    /** The letter was not put into a box, and will not be: there is none, or it is full. */
    public static final int NOT_PUT = 0;

    /** The letter is in its box. */
    public static final int PUT = 1;

    /** There is no box yet, and there may be one soon: boxes are made anew after a restart of who keeps them. */
    public static final int NOT_YET = 2;

    private static final int LONGEST_NAME = 400;
    private static final int MOST = 10_000;
    private static final int LONGEST_KEEP = 24 * 3_600_000;

    private LetterMessages() {}

    /** All answerers of one opening, for so long. */
    public record Announcement(List<Presence> all, Duration lease) {}

    /** A message to an address, kept for so long. */
    public record Letter(String to, Duration keep, byte[] message) {}

    /**
     * What came in.
     *
     * @param run of the letter box; another one begins to count anew
     * @param last the number of the last of these, or of what was asked for
     */
    public record Received(long run, long last, List<byte[]> letters) {}

    /** Adds presences. */
    public static void presences(WireOutput out, Collection<Presence> all) {
        out.count(all.size());
        all.forEach(each ->
                out.text(each.item()).text(each.address()).number(each.number()).count(each.room()));
    }

    /** Takes presences. */
    public static List<Presence> presences(WireInput in) {
        int number = in.count(MOST);
        List<Presence> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(new Presence(
                    in.text(LONGEST_NAME), in.text(LONGEST_ADDRESS), in.number(), in.count(Call.MAX_ROOM)));
        }
        return all;
    }

    /** Adds an announcement. */
    public static void announcement(WireOutput out, Announcement announcement) {
        out.count(millis(announcement.lease()));
        presences(out, announcement.all());
    }

    /** Takes an announcement. */
    public static Announcement announcement(WireInput in) {
        Duration lease = Duration.ofMillis(in.count(LONGEST_KEEP));
        return new Announcement(presences(in), lease);
    }

    private static int millis(Duration time) {
        return (int) Math.min(LONGEST_KEEP, Math.max(1, time.toMillis()));
    }

    /** Adds letters. */
    public static void letters(WireOutput out, List<Letter> all) {
        out.count(all.size());
        all.forEach(each -> out.text(each.to()).count(millis(each.keep())).bytes(each.message()));
    }

    /** Takes letters. */
    public static List<Letter> letters(WireInput in) {
        int number = in.count(MOST);
        List<Letter> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(new Letter(
                    in.text(LONGEST_ADDRESS),
                    Duration.ofMillis(in.count(LONGEST_KEEP)),
                    in.bytes(CallTransport.MAX_MESSAGE)));
        }
        return all;
    }

    /** What came in. */
    public static byte[] received(Received received) {
        WireOutput out = new WireOutput()
                .number(received.run())
                .number(received.last())
                .count(received.letters().size());
        received.letters().forEach(out::bytes);
        return out.toBytes();
    }

    /** What came in. */
    public static Received received(byte[] message) {
        WireInput in = new WireInput(message);
        long run = in.number();
        long last = in.number();
        int number = in.count(MOST);
        List<byte[]> letters = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            letters.add(in.bytes(CallTransport.MAX_MESSAGE));
        }
        in.end();
        return new Received(run, last, letters);
    }
}
