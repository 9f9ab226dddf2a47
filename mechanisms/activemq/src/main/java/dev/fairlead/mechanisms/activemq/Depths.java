package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.QueueDepth;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** How many messages stand where, as the broker counts them. */
final class Depths {
    private static final long STRAY_MILLIS = 10_000;

    private final Administration administration;
    private final Duration timeout;

    private record Count(long all, long delivered) {}

    Depths(Administration administration) {
        this.administration = administration;
        this.timeout = administration.broker().settings().timeout();
    }

    QueueDepth of(QueueNames names) {
        return administration.look("counting the messages of queue " + names.name(), session -> {
            Count main = count(session, names.name(), names.main());
            long later = count(session, names.name(), names.later()).all();
            long dead = count(session, names.name(), names.dead()).all();
            return new QueueDepth(main.all() - main.delivered(), later, main.delivered(), dead);
        });
    }

    private Count count(Session session, String name, String queue) throws ClientException {
        return switch (administration.broker().product()) {
            case ARTEMIS -> {
                Management management = Management.open(session, timeout);
                String resource = "queue." + queue;
                yield new Count(
                        Management.number(management.call(resource, "getMessageCount", "[]")),
                        Management.number(management.call(resource, "getDeliveringCount", "[]")));
            }
            case CLASSIC -> statistics(session, name, queue);
        };
    }

    /** Answers come from a plugin, which the broker's file names or not. */
    private Count statistics(Session session, String name, String queue) throws ClientException {
        Links.sender(session, queue, timeout); // The plugin is silent about a queue that nobody has opened.
        Receiver answers = session.openDynamicReceiver();
        Waiting.get(answers.openFuture(), timeout);
        SenderOptions options = new SenderOptions();
        options.targetOptions().capabilities("queue");
        Sender questions = session.openSender("ActiveMQ.Statistics.Destination." + queue, options);
        questions.send(Message.create("").timeToLive(STRAY_MILLIS).replyTo(answers.address()));
        Delivery answer = answers.receive(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "queue " + name
                            + ": ActiveMQ Classic does not tell how many messages it holds (add <statisticsBrokerPlugin/>"
                            + " to the <plugins> of its activemq.xml)");
        }
        Map<?, ?> values = answer.<Map<?, ?>>message().body();
        return new Count(number(values, "size"), number(values, "inflightCount"));
    }

    private static long number(Map<?, ?> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
