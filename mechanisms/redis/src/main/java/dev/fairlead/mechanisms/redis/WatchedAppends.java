package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.LogEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Appends batches of small records by one transaction each, in which an entry costs a fraction of what it costs in a script. On a connection
 * of its own, which watches the log and has then asked whether the writer may go on: so nothing is written when anything about the log has
 * changed since, and one that was sent and not answered does nothing any more once the script has taken its place.
 *
 * <p>The question goes out behind the transaction before, so that each batch is one way to the server and back. Whenever this cannot be done, the
 * script does it, and tells why not. For one thread at a time.
 */
final class WatchedAppends implements AutoCloseable {
    /** Fewer are faster by the script. */
    private static final int FEWEST = 8;
    /** Larger ones are not: the question would bring whole ones back, since the server tells the end of a stream in no other way. */
    private static final int LARGEST = 4096;

    /** The commands of a transaction beside those for its records. */
    private static final int OTHERS = 4;

    private final Server server;
    private final LogRow log;
    private final long epoch;
    private @Nullable Connection connection;
    private @Nullable Admission asked;

    /** What became of a batch. */
    enum Outcome {
        WRITTEN,
        NOT_WRITTEN,
        /** It was sent, and its answer is lost. */
        UNKNOWN
    }

    WatchedAppends(Server server, LogRow log, long epoch) {
        this.server = server;
        this.log = log;
        this.epoch = epoch;
    }

    /**
     * Asks whether the append after this one may be made so; the answer is waited for when it comes to that.
     *
     * @param largest the size of the largest record ever appended
     */
    void prepare(List<LogEntry> last, long number, long end, long largest) {
        if (last.size() < FEWEST || largest > LARGEST) {
            return;
        }
        try {
            Connection on = connection;
            if (on == null) {
                on = server.connections().connect();
                connection = on;
            } else {
                if (asked != null) {
                    on.getMany(Admission.ANSWERS);
                }
                on.sendCommand(Command.UNWATCH); // what it has watched since an earlier question has changed
                on.getOne();
            }
            ask(on, number, end);
        } catch (JedisException e) {
            discard();
        }
    }

    private void ask(Connection on, long number, long end) {
        asked = new Admission(log, epoch, number, end);
        asked.ask(on);
    }

    /** Appends the batch with this number at the end that the writer knows, if that was admitted. */
    Outcome append(List<LogEntry> entries, long number, long end) {
        Connection on = connection;
        Admission admission = asked;
        if (on == null || admission == null || entries.size() < FEWEST || !admission.isFor(number, end)) {
            return Outcome.NOT_WRITTEN;
        }
        boolean sent = false;
        try {
            asked = null;
            Optional<Admission.Head> head = admission.answer(on.getMany(Admission.ANSWERS));
            if (head.isEmpty() || largest(entries) > LARGEST) {
                return Outcome.NOT_WRITTEN;
            }
            sent = true;
            int commands = transaction(on, head.get(), entries, number, end);
            ask(on, number, end + entries.size());
            return outcome(on.getMany(commands).getLast());
        } catch (JedisConnectionException e) {
            discard();
            return sent ? Outcome.UNKNOWN : Outcome.NOT_WRITTEN;
        }
    }

    private static Outcome outcome(@Nullable Object answer) {
        if (!(answer instanceof List<?> results)) {
            return Outcome.NOT_WRITTEN; // Something has changed, or the server has no room.
        }
        for (Object each : results) {
            if (each instanceof JedisDataException refused) {
                throw refused;
            }
        }
        return Outcome.WRITTEN;
    }

    /** Sends what {@code append.lua} does; returns how many answers there will be. */
    private int transaction(Connection on, Admission.Head head, List<LogEntry> entries, long number, long end) {
        long now = Moments.millis(server.time().now());
        long last = head.last();
        long marked = head.marked();
        long next = end;
        byte[] stream = log.key();
        on.sendCommand(Command.MULTI);
        for (LogEntry entry : entries) {
            on.sendCommand(Command.XADD, Entries.added(stream, next++, entry));
        }
        if (log.keyed()) {
            send(on, Command.HSET, latest(entries, end));
        }
        boolean isMarked = log.marking() > 0 && now - marked >= log.marking();
        if (isMarked) {
            // Everything below the first was written then or before.
            send(on, Command.ZADD, new Words().add(log.part("times")).add(last).add(end));
            marked = now;
        }
        send(
                on,
                Command.HSET,
                new Words()
                        .add(log.part("head"))
                        .add("number")
                        .add(number)
                        .add("first")
                        .add(end)
                        .add("next")
                        .add(next)
                        .add("last")
                        .add(Math.max(now, last))
                        .add("marked")
                        .add(marked)
                        .add("largest")
                        .add(Math.max(largest(entries), head.largest())));
        send(
                on,
                Command.PUBLISH,
                new Words().add(server.settings().prefix() + ":hints").add("log:" + log.name()));
        on.sendCommand(Command.EXEC);
        return entries.size() + (log.keyed() ? 1 : 0) + (isMarked ? 1 : 0) + OTHERS;
    }

    private Words latest(List<LogEntry> entries, long end) {
        Words latest = new Words().add(log.part("latest"));
        long offset = end;
        for (LogEntry entry : entries) {
            latest.add(entry.key()).add(offset++);
        }
        return latest;
    }

    private static int largest(List<LogEntry> entries) {
        return entries.stream().mapToInt(LogEntry::size).max().orElse(0);
    }

    private static void send(Connection on, Command command, Words words) {
        on.sendCommand(command, words.all());
    }

    private void discard() {
        Connection broken = connection;
        connection = null;
        asked = null;
        if (broken != null) {
            Connections.discard(broken);
        }
    }

    @Override
    public void close() {
        discard();
    }
}
