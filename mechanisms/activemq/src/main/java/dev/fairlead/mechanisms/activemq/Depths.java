package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.QueueDepth;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** How many messages stand where, as the broker counts them. */
final class Depths {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Administration administration;
    private final Duration timeout;

    private record Count(long all, long delivered) {
        Count {
            delivered = Math.clamp(delivered, 0, all);
        }
    }

    Depths(Administration administration) {
        this.administration = administration;
        this.timeout = administration.broker().settings().timeout();
    }

    /** What is for later is counted first: whose moment comes meanwhile is counted twice, and not at neither place. */
    QueueDepth of(OpenQueue queue) {
        QueueNames names = queue.names();
        return administration.look("counting the messages of queue " + names.name(), session -> {
            long later = count(session, names.later()).all();
            Count main = withHeld(session, queue);
            long dead = count(session, names.dead()).all();
            return new QueueDepth(main.all() - main.delivered(), later, main.delivered(), dead);
        });
    }

    /** ActiveMQ Classic counts a message as held only some time after it has sent it, so that it is asked until it knows of those here. */
    private Count withHeld(Session session, OpenQueue queue) throws ClientException {
        QueueNames names = queue.names();
        long giveUp = System.nanoTime() + timeout.toNanos() / 2;
        Count count = count(session, names.main());
        while (count.delivered() < Math.min(queue.held(), count.all()) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(PAUSE_NANOS);
            count = count(session, names.main());
        }
        return new Count(count.all(), Math.max(count.delivered(), queue.held()));
    }

    private Count count(Session session, String queue) throws ClientException {
        return switch (administration.broker().product()) {
            case ARTEMIS -> {
                Management management = Management.open(session, timeout);
                String resource = "queue." + queue;
                yield new Count(
                        Management.number(management.call(resource, "getMessageCount", "[]")),
                        Management.number(management.call(resource, "getDeliveringCount", "[]")));
            }
            case CLASSIC -> {
                Statistics told = Statistics.of(session, queue, timeout);
                yield new Count(told.size(), told.inFlight());
            }
        };
    }
}
