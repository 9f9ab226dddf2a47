package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.server.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The queues of one server: definitions, depths, and taking messages out. */
final class Queues {
    private static final int MOST_REMOVED = 500;

    private final Server server;

    Queues(Server server) {
        this.server = server;
    }

    void define(QueueDefinition definition) {
        String base = server.base("queue", definition.name());
        Reply reply = server.call(
                "defining queue " + definition.name(),
                connection -> Script.QUEUE_DEFINE.run(
                        connection,
                        Words.of(base),
                        new Words()
                                .add(UUID.randomUUID().toString())
                                .add(definition.durability().name())));
        if (!reply.isOk()) {
            throw Failures.damaged("queue " + definition.name() + ", " + server.place()
                    + ": some of its keys are there and others are gone (delete or restore all that begin with " + base
                    + ")");
        }
    }

    /** The queue, or PLAN when there is none. */
    QueueRow get(String name) {
        String base = server.base("queue", name);
        Reply reply = server.call(
                "looking for queue " + name,
                connection -> Script.QUEUE_FIND.run(connection, Words.of(base), new Words()));
        if (!reply.isOk()) {
            throw new FairleadException(ErrorCode.PLAN, "queue " + name + " is not defined; define it first");
        }
        return new QueueRow(name, base, reply.text(1), Durability.valueOf(reply.text(2)));
    }

    String now() {
        return Moments.digits(Nanos.of(server.time().now()));
    }

    QueueDepth depth(QueueRow queue) {
        Reply reply = ask(
                queue,
                "counting messages of " + queue,
                Script.QUEUE_DEPTH,
                new Words().add(queue.id()).add(now()));
        return new QueueDepth(reply.number(1), reply.number(2), reply.number(3), reply.number(4));
    }

    /** Runs what may be run twice. */
    Reply ask(QueueRow queue, String what, Script script, Words words) {
        return ok(queue, server.call(what, connection -> script.run(connection, queue.key(), words)));
    }

    /** Takes out what fits, wherever it is; a message keeps its number wherever it goes, so none escapes the look at all numbers. */
    long erase(QueueRow queue, Predicate<Question> which) {
        long erased = 0;
        String cursor = "0";
        do {
            Words at = new Words().add(queue.id()).add(cursor);
            Reply page = ask(queue, "looking through " + queue, Script.QUEUE_SCAN, at);
            cursor = page.text(1);
            Reply found = page.list(2);
            List<String> fitting = new ArrayList<>();
            for (int i = 0; i < found.size(); i += 2) {
                if (which.test(Content.message(queue.toString(), found.bytes(i + 1)))) {
                    fitting.add(found.text(i));
                }
            }
            erased += remove(queue, fitting);
        } while (!cursor.equals("0"));
        return erased;
    }

    private long remove(QueueRow queue, List<String> messages) {
        long removed = 0;
        for (int from = 0; from < messages.size(); from += MOST_REMOVED) {
            Words words = new Words().add(queue.id());
            messages.subList(from, Math.min(messages.size(), from + MOST_REMOVED))
                    .forEach(words::add);
            removed += ask(queue, "taking messages out of " + queue, Script.QUEUE_REMOVE, words)
                    .number(1);
        }
        return removed;
    }

    /** The reply, or what it says is wrong. */
    Reply ok(QueueRow queue, Reply reply) {
        return switch (reply.status()) {
            case "gone" ->
                throw Failures.damaged(queue + ", " + server.place() + ": it is gone, or some of its keys are"
                        + " (restore the server's data; to begin anew, delete all keys that begin with " + queue.base()
                        + ", and open the services again)");
            case "older" ->
                throw Failures.damaged(queue + ", " + server.place()
                        + ": the server went back to an older state; what was acknowledged since is lost (see what is"
                        + " missing, and open the services again)");
            default -> reply;
        };
    }
}
