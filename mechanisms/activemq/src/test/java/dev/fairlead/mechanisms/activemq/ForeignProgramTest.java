package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that speak AMQP 1.0 and know nothing of Fairlead. */
class ForeignProgramTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String prefix = ActivemqUnderTest.newPrefix();

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void whatAStrangerSendsStopsNobody(RealServer kind) throws Exception {
        Map<String, String> server = kind.shared();
        try (ActivemqMechanism mechanism = Activemq.open(server, prefix, "30s");
                Client client = Client.create();
                Connection connection = connect(client, server)) {
            Activemq.define(mechanism);
            SenderOptions options = new SenderOptions();
            options.targetOptions().capabilities("queue");
            Sender stranger = connection.openSender(prefix + Activemq.QUEUE, options);
            stranger.send(Message.create("text, Grüße").durable(true));
            stranger.send(Message.create(Map.of("a", 1)).durable(true));
            stranger.send(Message.create(List.of("x", 2)).durable(true));
            stranger.send(Message.<Object>create().durable(true));
            stranger.send(Message.create(new byte[] {(byte) 0xff, 0})
                    .durable(true)
                    .property("fairlead_envelope", "no base64 !!")
                    .property("fairlead_attempts", -7)
                    .property("fairlead_number", "x")
                    .property("fairlead_due", "y"));
            stranger.send(Message.create(new byte[2 << 20]).durable(true))
                    .settlementFuture()
                    .get();
            Activemq.send(mechanism, "own");

            QueueReceiver receiver = mechanism.receive(Activemq.QUEUE, Activemq.LEASE);
            assertThat(Activemq.text(aside(receiver))).isEqualTo("text, Grüße");
            aside(receiver);
            aside(receiver);
            assertThat(aside(receiver).message().payload()).isEmpty();
            Delivered poison = aside(receiver);
            assertThat(poison.message().header()).isEmpty();
            assertThat(poison.message().payload()).containsExactly(0xff, 0);
            assertThat(poison.attempt()).isEqualTo(1);
            assertThat(aside(receiver).message().payload()).hasSize(2 << 20);
            assertThat(Activemq.text(aside(receiver))).isEqualTo("own");
            assertThat(mechanism.depth(Activemq.QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 7));
            assertThat(mechanism.deadLetters(Activemq.QUEUE).list(-1, 10)).hasSize(7);
        }
    }

    private static Delivered aside(QueueReceiver receiver) {
        Delivered next = Activemq.next(receiver, PATIENCE);
        Activemq.join(next.setAside("of a stranger"));
        return next;
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aStrangerReadsPayloadAndCloudEvent(RealServer kind) throws Exception {
        Map<String, String> server = kind.shared();
        try (ActivemqMechanism mechanism = Activemq.open(server, prefix, "30s");
                Client client = Client.create();
                Connection connection = connect(client, server)) {
            Activemq.define(mechanism);
            CloudEvent event = new CloudEvent(Activemq.QUEUE, "told", "17", 0, 0, null, null, "application/json");
            Activemq.join(
                    mechanism.send(Activemq.QUEUE, new Question(new byte[] {7}, "{\"a\":1}".getBytes(UTF_8), event)));

            ReceiverOptions options = new ReceiverOptions();
            options.sourceOptions().capabilities("queue");
            Receiver stranger = connection.openReceiver(prefix + Activemq.QUEUE, options);
            Delivery delivery = stranger.receive();
            Message<byte[]> message = delivery.message();
            assertThat(new String(message.body(), UTF_8)).isEqualTo("{\"a\":1}");
            assertThat(message.contentType()).isEqualTo("application/json");
            assertThat(message.property("cloudEvents_type")).isEqualTo(Activemq.QUEUE + ".told");
            assertThat(message.property("cloudEvents_id")).isEqualTo("17");
            assertThat(message.property("cloudEvents_specversion")).isEqualTo("1.0");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void theCloudEventOfAStrangerIsItsHeader(RealServer kind) throws Exception {
        Map<String, String> server = kind.shared();
        try (ActivemqMechanism mechanism = Activemq.open(server, prefix, "30s");
                Client client = Client.create();
                Connection connection = connect(client, server)) {
            Activemq.define(mechanism);
            SenderOptions options = new SenderOptions();
            options.targetOptions().capabilities("queue");
            connection
                    .openSender(prefix + Activemq.QUEUE, options)
                    .send(Message.create("{}".getBytes(UTF_8))
                            .contentType("application/json")
                            .property("cloudEvents:specversion", "1.0")
                            .property("cloudEvents:id", "4")
                            .property("cloudEvents:source", "urn:x")
                            .property("cloudEvents:type", "y"))
                    .settlementFuture()
                    .get();

            Delivered next = Activemq.next(mechanism.receive(Activemq.QUEUE, Activemq.LEASE), PATIENCE);
            assertThat(new String(next.message().header(), UTF_8))
                    .contains("specversion\n1.0", "id\n4", "source\nurn:x", "type\ny");
        }
    }

    private static Connection connect(Client client, Map<String, String> server) throws Exception {
        URI url = URI.create(server.getOrDefault("url", ""));
        return client.connect(url.getHost(), url.getPort());
    }
}
