package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import org.apache.qpid.protonj2.client.DistributionMode;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Opens senders and receivers of a topic, which brokers make when it is first used. */
final class TopicLinks {
    /** Tells Artemis that a topic is meant, not a queue; ActiveMQ Classic hears it from the address. */
    private static final String TOPIC = "topic";

    private static final int AHEAD = 64;

    private TopicLinks() {}

    /** The broker's name of a topic; it has capitals, which no item has. */
    static String address(Broker broker, String topic) {
        String name = QueueNames.topic(broker.settings().prefix(), topic);
        return broker.product() == Broker.Product.CLASSIC ? "topic://" + name : name;
    }

    static Sender sender(Session session, String address, Duration timeout) throws ClientException {
        SenderOptions options = new SenderOptions();
        options.targetOptions().capabilities(TOPIC);
        Sender sender = session.openSender(address, options);
        Waiting.get(sender.openFuture(), timeout);
        return sender;
    }

    /** One that gets what is published while it is there; each message is accepted as it is received. */
    static Receiver passing(Session session, String address, Duration timeout) throws ClientException {
        ReceiverOptions options = options().autoAccept(true).autoSettle(true);
        options.sourceOptions().distributionMode(DistributionMode.COPY);
        Receiver receiver = session.openReceiver(address, options);
        Waiting.get(receiver.openFuture(), timeout);
        return receiver;
    }

    /** One for which the broker keeps what is published until it is accepted; known by its name and by who the connection says it is. */
    static Receiver durable(Session session, String address, String name, Duration timeout) throws ClientException {
        Receiver receiver = session.openDurableReceiver(
                address, name, options().autoAccept(false).autoSettle(false));
        Waiting.get(receiver.openFuture(), timeout);
        return receiver;
    }

    private static ReceiverOptions options() {
        ReceiverOptions options = new ReceiverOptions().creditWindow(AHEAD);
        options.sourceOptions().capabilities(TOPIC);
        return options;
    }
}
