package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import java.util.UUID;

/**
 * Batches that one client of a queue writes one after another, each with its number: so one that is sent again when the answer was lost is
 * done once, and a server that has lost one is noticed.
 */
final class Numbered {
    private final Server server;
    private final Queues queues;
    private final QueueRow queue;
    private final String client = UUID.randomUUID().toString();
    private long number;
    /** The highest number that the server is known to have. */
    private long known;

    Numbered(Server server, Queues queues, QueueRow queue) {
        this.server = server;
        this.queues = queues;
        this.queue = queue;
    }

    /** Runs the next batch on the thread that calls. */
    synchronized Reply run(String what, Script script, Words batch, Durability wanted) {
        Words words =
                new Words().add(queue.id()).add(client).add(++number).add(known).addAll(batch);
        Tries tries = new Tries();
        try {
            Reply reply = queues.ok(
                    queue, server.connections().again(what, server.connections().deadline(), connection -> {
                        server.level().require(queue.toString(), server.place(), wanted);
                        return tries.count(() -> script.run(connection, queue.key(), words));
                    }));
            if (reply.isOk()) {
                known = number;
            }
            return reply;
        } catch (FairleadException e) {
            throw tries.judge(what, e);
        }
    }

    /** Adds who this is, and what the server must know of it. */
    synchronized void addKnown(Words words) {
        words.add(client).add(known);
    }

    /** Lets the server forget the client. */
    void leave() {
        try {
            server.callAtEnd(
                    "leaving " + queue,
                    connection -> Script.QUEUE_LEAVE.run(
                            connection, queue.key(), new Words().add(queue.id()).add(client)));
        } catch (FairleadException away) {
            // The server keeps some bytes of it.
        }
    }
}
