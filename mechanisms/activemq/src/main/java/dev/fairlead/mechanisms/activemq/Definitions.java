package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Which queues are defined: those in whose notes it stands. */
final class Definitions {
    private static final String DEFINED = "defined";
    private static final String CONDITION = Messages.NOTE + " = '" + DEFINED + "'";

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
