package dev.fairlead.node.carrier;

import dev.fairlead.api.Position;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.wire.LogMessages;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;

/** What can be done with a log of an opening: each takes a message and gives one, as {@link LogMessages} and the two ends of a wire write them. */
public final class LogActs {
    private static final int LONGEST_NAME = 400;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private LogActs() {}

    /** Defines it; a definition, and nothing. */
    public static byte[] define(Opening opening, String log, byte[] message) {
        opening.log().define(LogMessages.definition(log, message));
        return new byte[0];
    }

    /** What it holds; nothing, and bounds. */
    public static byte[] bounds(Opening opening, String log, byte[] message) {
        new WireInput(message).end();
        WireOutput out = new WireOutput();
        LogMessages.bounds(out, opening.log().bounds(log, 0));
        return out.toBytes();
    }

    /** Claims it; who claims, and the epoch with the end. */
    public static byte[] claim(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        String owner = in.text(LONGEST_NAME);
        in.end();
        Writing writing = opening.claimed(log, opening.log().claim(log, owner));
        long end = opening.log().bounds(log, 0).end();
        return new WireOutput().number(writing.epoch()).number(end).toBytes();
    }

    /** Appends; the appends, and what of them stands. */
    public static byte[] append(Opening opening, String log, byte[] message) {
        LogMessages.Append append = LogMessages.append(message);
        return LogMessages.stands(opening.writing(log, append.epoch()).append(append));
    }

    /** Goes on after a failure; epoch and turn, and the end. */
    public static byte[] resume(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        Writing writing = opening.writing(log, in.number());
        long turn = in.number();
        in.end();
        return new WireOutput().number(writing.resume(turn)).toBytes();
    }

    /** Beats; epoch and moment, and nothing. */
    public static byte[] beat(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        Writing writing = opening.writing(log, in.number());
        writing.beat(in.moment());
        in.end();
        return new byte[0];
    }

    /** Erases; epoch, key and offset, and how many records. */
    public static byte[] erase(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        Writing writing = opening.writing(log, in.number());
        byte[] key = in.bytes(LogEntry.MAX_KEY);
        long below = in.number();
        in.end();
        return new WireOutput().number(writing.erase(key, below)).toBytes();
    }

    /** Ends a writer; epoch, and nothing. */
    public static byte[] retire(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        long epoch = in.number();
        in.end();
        opening.retire(log, epoch);
        return new byte[0];
    }

    /** Reads; the reader's name, offset, limit and patience in milliseconds, and what the poll brought. A limit of 0 only opens the reader. */
    public static byte[] read(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        String reader = in.text(LONGEST_NAME);
        long offset = in.number();
        int most = in.count(LogMessages.MOST_RECORDS);
        Duration wait = Duration.ofMillis(in.count((int) LONGEST_WAIT.toMillis()));
        in.end();
        Reading reading = opening.reading(log, reader, offset);
        return most == 0 ? new byte[0] : LogMessages.polled(reading.poll(offset, most, wait));
    }

    /** Ends a reader; its name, and nothing. */
    public static byte[] leave(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        String reader = in.text(LONGEST_NAME);
        in.end();
        opening.leave(reader);
        return new byte[0];
    }

    /** Looks a key up; the key, and the record, or nothing. */
    public static byte[] latest(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        byte[] key = in.bytes(LogEntry.MAX_KEY);
        in.end();
        return LogMessages.found(opening.table().latest(log, key));
    }

    /** Does now what retention does in the background; nothing, and nothing. */
    public static byte[] retain(Opening opening, String log, byte[] message) {
        new WireInput(message).end();
        opening.log().applyRetention(log);
        return new byte[0];
    }

    /** Notes a position; group and offset, and nothing. */
    public static byte[] commit(Opening opening, String log, byte[] message) {
        WireInput in = new WireInput(message);
        String group = in.text(LONGEST_NAME);
        long offset = in.number();
        in.end();
        opening.log().commit(log, group, new Position(0, offset));
        return new byte[0];
    }

    /** What a group noted; the group, and the offset, or nothing. */
    public static byte[] committed(Opening opening, String log, byte[] message) {
        String group = group(message);
        WireOutput out = new WireOutput();
        opening.log().committed(log, group, 0).ifPresent(position -> out.number(position.offset()));
        return out.toBytes();
    }

    /** The group that a message about a position names first. */
    public static String group(byte[] message) {
        return new WireInput(message).text(LONGEST_NAME);
    }
}
