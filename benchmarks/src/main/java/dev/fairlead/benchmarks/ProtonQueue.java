package dev.fairlead.benchmarks;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Qpid ProtonJ2 on a queue: durable messages, each settled by the broker before a batch is over, and accepted by hand. */
final class ProtonQueue implements QueueClient {
    private static final int CREDIT = 2 * QueueMeasurement.BATCH;
    private static final int AMQP_PORT = 5672;
    private static final long PATIENCE_SECONDS = 10;
    private static final String HEADER = "header";

    private final Client client = Client.create();
    private final Connection connection;
    private final Sender sender;
    private final Receiver receiver;

    ProtonQueue(ServerPlace place, String queue) throws ClientException {
        URI url = URI.create(place.url());
        this.connection = client.connect(url.getHost(), url.getPort() < 0 ? AMQP_PORT : url.getPort(), options(place));
        SenderOptions sending = new SenderOptions();
        sending.targetOptions().capabilities("queue");
        this.sender = connection.openSender(queue, sending);
        ReceiverOptions taking = new ReceiverOptions().creditWindow(CREDIT).autoAccept(false);
        taking.sourceOptions().capabilities("queue");
        this.receiver = connection.openReceiver(queue, taking);
    }

    private static ConnectionOptions options(ServerPlace place) {
        ConnectionOptions options = new ConnectionOptions();
        Credentials credentials = place.credentials();
        if (credentials.user() != null) {
            options.user(credentials.user()).password(credentials.password());
        }
        return options;
    }

    /** The header is text, as messages of JMS want it. */
    @Override
    public void send(List<Question> batch) throws ClientException {
        List<Tracker> trackers = new ArrayList<>(batch.size());
        for (Question message : batch) {
            trackers.add(sender.send(Message.create(message.payload())
                    .durable(true)
                    .property(HEADER, Base64.getEncoder().encodeToString(message.header()))));
        }
        for (Tracker tracker : trackers) {
            tracker.awaitAccepted(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public int take(int most) throws ClientException {
        Delivery next = receiver.receive(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("no message came in " + PATIENCE_SECONDS + " s");
        }
        int taken = 0;
        while (next != null) {
            Message<byte[]> message = next.message();
            byte[] header = Base64.getDecoder().decode(String.valueOf(message.property(HEADER)));
            QueueMeasurement.checkSize((long) header.length + message.body().length);
            next.accept();
            taken++;
            next = taken < most ? receiver.tryReceive() : null;
        }
        return taken;
    }

    @Override
    public void close() {
        connection.close();
        client.close();
    }
}
