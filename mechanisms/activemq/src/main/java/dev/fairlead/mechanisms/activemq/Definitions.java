package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Which queues are defined: those in whose notes it stands. */
final class Definitions {
    private static final String DEFINED = "defined";
    private static final String CONDITION = Messages.NOTE + " = '" + DEFINED + "'";

    private static final int AHEAD = 200;
    private static final long LAST_MILLIS = 500;

    private final Administration administration;

    Definitions(Administration administration) {
        this.administration = administration;
    }

    void define(QueueNames names) {
        Broker broker = administration.broker();
        Duration timeout = broker.settings().timeout();
        administration.look("defining queue " + names.name(), session -> {
            ensure(broker, session.connection(), names);
            if (!stands(session, names, timeout)) {
                Sender sender = Links.sender(session, names.notes(), timeout);
                Waiting.get(
                        sender.send(Message.create(new byte[0]).durable(true).property(Messages.NOTE, DEFINED))
                                .settlementFuture(),
                        timeout);
            }
            return true;
        });
    }

    boolean isDefined(QueueNames names) {
        return administration.look(
                "looking for queue " + names.name(),
                session -> stands(
                        session, names, administration.broker().settings().timeout()));
    }

    private static boolean stands(Session session, QueueNames names, Duration timeout) throws ClientException {
        return !Links.take(Links.browser(session, names.notes(), CONDITION, timeout), 1, timeout)
                .isEmpty();
    }

    /**
     * Takes away for good all that is in queues whose names begin with the prefix, and on Artemis the queues; ActiveMQ Classic deletes no
     * queue over AMQP.
     */
    void remove(String prefix) {
        switch (administration.broker().product()) {
            case ARTEMIS -> administration.look("removing queues", session -> destroyAll(session, prefix));
            case CLASSIC -> administration.look("emptying queues", session -> emptyAll(session, prefix));
        }
    }

    private boolean destroyAll(Session session, String prefix) throws ClientException {
        Management management = Management.open(session, timeout());
        String all = management.call(Management.BROKER, "getQueueNames", "[]");
        Matcher notes = Pattern.compile("\"" + Pattern.quote(QueueNames.NOTES + prefix) + "([^\"]*)\"")
                .matcher(all);
        while (notes.find()) {
            for (String queue : QueueNames.of(prefix, notes.group(1)).all()) {
                destroy(management, queue);
            }
        }
        if (all.contains("\"" + QueueNames.answerers(prefix) + "\"")) {
            destroy(management, QueueNames.answerers(prefix));
        }
        return true;
    }

    private boolean emptyAll(Session session, String prefix) throws ClientException {
        String beginning = QueueNames.NOTES + prefix;
        Links.sender(session, beginning + "none", timeout()); // So that the plugin is not silent for want of queues.
        for (Statistics each : Statistics.all(session, QueueNames.NOTES, timeout())) {
            if (each.queue().startsWith(beginning)) {
                String name = each.queue().substring(beginning.length());
                for (String queue : QueueNames.of(prefix, name).all()) {
                    empty(session, queue);
                }
            }
        }
        return true;
    }

    private void empty(Session session, String queue) throws ClientException {
        if (Statistics.of(session, queue, timeout()).size() > 0) {
            Receiver receiver = Links.flowing(session, queue, AHEAD, timeout());
            Delivery next = receiver.receive(LAST_MILLIS, TimeUnit.MILLISECONDS);
            while (next != null) {
                next = receiver.receive(LAST_MILLIS, TimeUnit.MILLISECONDS);
            }
            Waiting.get(receiver.closeAsync(), timeout());
        }
    }

    private Duration timeout() {
        return administration.broker().settings().timeout();
    }

    private static void destroy(Management management, String queue) throws ClientException {
        management.call(Management.BROKER, "destroyQueue", "[\"" + queue + "\",true,true]");
    }

    /**
     * Makes sure that the broker's queues are there and stay. Artemis deletes queues that it has made by itself when nobody uses them, and may be
     * set to drop or to move messages, which is refused here.
     */
    static void ensure(Broker broker, Connection connection, QueueNames names) throws ClientException {
        if (broker.product() != Broker.Product.ARTEMIS) {
            return;
        }
        Session session = connection.openSession();
        try {
            Management management = Management.open(session, broker.settings().timeout());
            for (String queue : names.all()) {
                create(management, queue);
                check(
                        names.name(),
                        queue,
                        management.call(Management.BROKER, "getAddressSettingsAsJSON", "[\"" + queue + "\"]"));
            }
        } finally {
            session.closeAsync();
        }
    }

    /** Makes a queue of Artemis that stays though nobody uses it. */
    static void create(Management management, String queue) throws ClientException {
        management.call(
                Management.BROKER,
                "createQueue",
                "[\"{\\\"name\\\":\\\"%1$s\\\",\\\"address\\\":\\\"%1$s\\\",\\\"routing-type\\\":\\\"ANYCAST\\\",\\\"durable\\\":true,\\\"auto-delete\\\":false}\",true]"
                        .formatted(queue));
    }

    private static void check(String name, String queue, String settings) {
        long deliveries = Management.number(settings, "maxDeliveryAttempts", ArtemisLimits.USUAL_DELIVERIES);
        if (deliveries >= 0 && deliveries < ArtemisLimits.FEWEST_DELIVERIES) {
            throw refused(
                    name,
                    queue,
                    "max-delivery-attempts is " + deliveries
                            + ", which hides messages after so many broken connections",
                    "set it to -1, or to " + ArtemisLimits.FEWEST_DELIVERIES + " or more");
        }
        if (settings.contains("DROP")) {
            throw refused(name, queue, "address-full-policy is DROP, which loses messages", "set it to PAGE");
        }
        if (Management.number(settings, "expiryDelay", -1) >= 0
                || Management.number(settings, "maxExpiryDelay", -1) >= 0) {
            throw refused(name, queue, "messages expire by expiry-delay or max-expiry-delay", "set both to -1");
        }
        if (settings.contains("defaultLastValueQueue\\\":true")
                || settings.contains("defaultNonDestructive\\\":true")) {
            throw refused(name, queue, "queues are last-value or non-destructive ones", "set both to false");
        }
    }

    private static FairleadException refused(String name, String queue, String what, String remedy) {
        return new FairleadException(
                ErrorCode.CAPABILITY,
                "queue " + name + ": in the broker's address-settings of " + queue + ", " + what + " (" + remedy + ")");
    }
}
