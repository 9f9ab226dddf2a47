package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.server.Nanos;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One look at a log, all of it at one moment: the next records, and what the log is.
 *
 * @param records erased ones included
 * @param until the offset up to which the records are all
 * @param bounds what the log held at that moment
 * @param beat the newest one, with its number
 * @param largest the size of the largest record ever appended
 */
record LogPage(
        List<LogRecord> records, long until, LogBounds bounds, Lineage lineage, Beat beat, long beats, long largest) {
    private static final String[] HEAD = {
        "id", "start", "compacted", "next", "epoch", "token", "beats", "beatEpoch", "beatTime", "beatEnd", "largest"
    };
    private static final byte[] LAST = Words.of("1-18446744073709551615");
    private static final int COMMANDS = 5;

    /** Reads the page: in one transaction, or by a script, which is slower and works when the server's memory is full. */
    static LogPage read(Connection connection, Logs logs, LogRow log, long from, int most) {
        Reply all;
        try {
            all = transaction(connection, log, from, most);
        } catch (JedisDataException refused) {
            if (!String.valueOf(refused.getMessage()).startsWith("OOM")) {
                throw refused;
            }
            Words words = new Words().add(from).add(most);
            for (String field : HEAD) {
                words.add(field);
            }
            all = Script.LOG_PAGE.run(connection, log.key(), words);
        }
        return of(all, logs, log, from, most);
    }

    private static Reply transaction(Connection connection, LogRow log, long from, int most) {
        connection.sendCommand(Command.MULTI);
        send(connection, Command.HMGET, head(log));
        send(connection, Command.EXISTS, new Words().add(log.key()));
        send(connection, Command.XRANGE, range(log, Words.of("1-" + from), LAST, most));
        send(connection, Command.XRANGE, range(log, Words.of("2-0"), Words.of("+"), 1));
        send(
                connection,
                Command.ZRANGEBYSCORE,
                new Words()
                        .add(log.part("erased"))
                        .add(from)
                        .add("+inf")
                        .add("LIMIT")
                        .add(0)
                        .add(most));
        connection.sendCommand(Command.EXEC);
        List<Object> answers = connection.getMany(COMMANDS + 2);
        requireNone(answers);
        Reply all = Reply.of(answers.getLast());
        requireNone(all.parts());
        return all;
    }

    private static void requireNone(List<?> answers) {
        for (Object each : answers) {
            if (each instanceof JedisDataException refused) {
                throw refused;
            }
        }
    }

    private static void send(Connection connection, Command command, Words words) {
        connection.sendCommand(command, words.all());
    }

    private static Words head(LogRow log) {
        Words words = new Words().add(log.part("head"));
        for (String field : HEAD) {
            words.add(field);
        }
        return words;
    }

    private static Words range(LogRow log, byte[] from, byte[] to, int most) {
        return new Words().add(log.key()).add(from).add(to).add("COUNT").add(most);
    }

    private static LogPage of(Reply all, Logs logs, LogRow log, long from, int most) {
        Reply head = all.list(0);
        if (!head.has(0) || !head.text(0).equals(log.id()) || all.number(1) == 0) {
            logs.ok(log, new Reply(List.of(Words.of("gone"))));
        }
        Reply foreign = all.list(3);
        if (foreign.size() > 0) {
            logs.ok(
                    log,
                    new Reply(List.of(
                            Words.of("foreign"), Words.of(foreign.list(0).text(0)))));
        }
        List<LogRecord> present = new ArrayList<>();
        for (int i = 0; i < all.list(2).size(); i++) {
            present.add(Entries.record(all.list(2).list(i)));
        }
        TreeSet<Long> erased = new TreeSet<>();
        for (int i = 0; i < all.list(4).size(); i++) {
            erased.add(all.list(4).number(i));
        }
        long start = head.number(1);
        long end = Math.max(
                head.number(3), present.isEmpty() ? 0 : present.getLast().offset() + 1);
        LogBounds bounds = new LogBounds(start, Math.max(start, head.number(2)), end);
        long until = end;
        if (present.size() == most) {
            until = present.getLast().offset() + 1;
        }
        if (erased.size() == most) {
            until = Math.min(until, erased.last() + 1);
        }
        List<LogRecord> records = merged(present, erased, until);
        if (records.size() > most) {
            records = records.subList(0, most);
            until = records.getLast().offset() + 1;
        }
        return new LogPage(
                records,
                Math.max(from, until),
                bounds,
                new Lineage(head.number(4), head.has(5) ? head.text(5) : "", head.number(3)),
                head.has(7)
                        ? new Beat(head.number(7), Nanos.moment(head.number(8)), head.number(9))
                        : new Beat(0, Nanos.moment(0), 0),
                head.number(6),
                head.number(10));
    }

    private static List<LogRecord> merged(List<LogRecord> present, Set<Long> erased, long until) {
        if (erased.isEmpty()) {
            return present;
        }
        List<LogRecord> records = new ArrayList<>();
        Set<Long> left = new HashSet<>(erased);
        present.stream()
                .filter(record -> record.offset() < until)
                .map(record -> left.remove(record.offset()) ? LogRecord.erased(record.offset()) : record)
                .forEach(records::add);
        left.stream().filter(offset -> offset < until).map(LogRecord::erased).forEach(records::add);
        records.sort((one, other) -> Long.compare(one.offset(), other.offset()));
        return records;
    }
}
