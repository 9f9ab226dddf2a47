package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/**
 * All groups that ever followed an item, in a log of their own, so that its owner knows whom an erasure concerns.
 *
 * <p>A group is written once, at its first follow; the log is read before, so that usually nobody claims it.
 */
final class FollowerList {
    private static final int PAGE = 256;
    private static final int LONGEST = 100;
    private static final int TRIES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final String name;
    private final Log log;
    private final Durability durability;

    private FollowerList(String name, Log log, Durability durability) {
        this.name = name;
        this.log = log;
        this.durability = durability;
    }

    /** A group of a service. */
    record Name(String service, String group) implements Comparable<Name> {
        /** Under which it notes its position in the item's log. */
        String position() {
            return service + "." + group;
        }

        @Override
        public int compareTo(Name other) {
            return position().compareTo(other.position());
        }
    }

    /** The list of the item's groups; it is created when somebody looks. */
    static FollowerList of(String item, Log log, Durability durability) {
        return new FollowerList(item + ".followers", log, durability);
    }

    List<Name> names() {
        if (name.length() > LONGEST) {
            return List.of(); // no group's parking log has a name then, so there is none
        }
        log.define(new LogDefinition(name, new Retention.KeepAll(), durability));
        TreeSet<Name> names = new TreeSet<>();
        long end = log.bounds(name, 0).end();
        try (LogReader reader = log.read(name, 0, 0)) {
            while (reader.next() < end) {
                List<LogRecord> page = reader.poll(PAGE, PATIENCE).records();
                if (page.isEmpty() && reader.next() < end) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE, "the log " + name + " gave nothing from " + reader.next());
                }
                page.forEach(record -> names.add(parse(record.key())));
            }
        }
        return new ArrayList<>(names);
    }

    /** Writes the group down, durably when it returns, unless it is there. */
    void join(Name group) {
        for (int tried = 0; !names().contains(group); tried++) {
            try (LogWriter writer = log.claim(name, group.service())) {
                byte[] key = (group.service() + "/" + group.group()).getBytes(StandardCharsets.UTF_8);
                writer.append(0, List.of(new LogEntry(key, NOTHING, NOTHING))).join();
            } catch (CompletionException e) {
                boolean again = e.getCause() instanceof FairleadException known && known.code() == ErrorCode.FENCED;
                if (!again || tried >= TRIES) { // fenced: another group joined at the same moment
                    throw e.getCause() instanceof FairleadException known ? known : e;
                }
            }
        }
    }

    private static Name parse(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("/", 2);
        return new Name(parts[0], parts[parts.length - 1]);
    }
}
