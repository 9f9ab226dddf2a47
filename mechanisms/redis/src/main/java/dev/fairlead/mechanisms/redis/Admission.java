package dev.fairlead.mechanisms.redis;

import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * The question whether a log is as its writer left it, asked of a connection that watches the log from before the question on.
 *
 * @param number of the last append of the claim
 * @param end of the log after it
 */
record Admission(LogRow log, long epoch, long number, long end) {
    /** How many answers there are to one question. */
    static final int ANSWERS = 3;

    private static final String[] FIELDS = {"id", "epoch", "number", "next", "last", "marked", "largest"};

    /**
     * What the log says of itself beside that.
     *
     * @param last the moment of the last append, in milliseconds
     * @param marked the moment of the last mark of time
     * @param largest the size of the largest record ever appended
     */
    record Head(long last, long marked, long largest) {}

    /** Sends it; the connection watches nothing yet. */
    void ask(Connection on) {
        byte[] head = log.part("head");
        on.sendCommand(Command.WATCH, head, log.key());
        Words fields = new Words().add(head);
        for (String field : FIELDS) {
            fields.add(field);
        }
        on.sendCommand(Command.HMGET, fields.all());
        on.sendCommand(Command.XINFO, Words.of("STREAM"), log.key());
    }

    boolean isFor(long nextNumber, long nextEnd) {
        return nextNumber == number + 1 && nextEnd == end;
    }

    /** Nothing unless the log is as it was; an error is no answer, such as when the user has no right to ask. */
    Optional<Head> answer(List<Object> answers) {
        if (!(answers.get(0) instanceof byte[])
                || !(answers.get(1) instanceof List<?> found)
                || !(answers.get(2) instanceof List<?> stream)) {
            return Optional.empty();
        }
        Reply head = new Reply(found);
        boolean isSame = head.has(0)
                && head.text(0).equals(log.id())
                && head.number(1) == epoch
                && head.number(2) == number
                && head.number(3) == end
                && last(new Reply(stream)).equals(end == 0 ? "0-0" : "1-" + (end - 1));
        return isSame ? Optional.of(new Head(head.number(4), head.number(5), head.number(6))) : Optional.empty();
    }

    /** The last id of the stream, by which other programs' entries are noticed. */
    private static String last(Reply stream) {
        for (int i = 0; i + 1 < stream.size(); i += 2) {
            if (stream.text(i).equals("last-generated-id")) {
                return stream.text(i + 1);
            }
        }
        return "";
    }
}
