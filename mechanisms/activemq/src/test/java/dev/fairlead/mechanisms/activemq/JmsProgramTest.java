package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plain JMS program, which writes what Fairlead reads and reads what Fairlead writes. */
class JmsProgramTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DATA = "{\"total\":\"12.50\"}";

    private final String prefix = ActivemqUnderTest.newPrefix();

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void itReadsTheCloudEventOfWhatIsTold(RealServer kind) throws Exception {
        try (ActivemqMechanism mechanism = Activemq.open(kind.shared(), prefix, "30s");
                Connection connection = connect(kind)) {
            Activemq.define(mechanism);
            CloudEvent event = new CloudEvent(
                    Activemq.QUEUE,
                    "told",
                    "17",
                    0,
                    0,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    null,
                    "application/json");
            Activemq.join(mechanism.send(Activemq.QUEUE, new Question(new byte[] {7}, DATA.getBytes(UTF_8), event)));

            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            Message message = session.createConsumer(session.createQueue(prefix + Activemq.QUEUE))
                    .receive(PATIENCE.toMillis());
            assertThat(message.getStringProperty("cloudEvents_specversion")).isEqualTo("1.0");
            assertThat(message.getStringProperty("cloudEvents_id")).isEqualTo("17");
            assertThat(message.getStringProperty("cloudEvents_source")).isEqualTo("fairlead:" + Activemq.QUEUE);
            assertThat(message.getStringProperty("cloudEvents_type")).isEqualTo(Activemq.QUEUE + ".told");
            assertThat(message.getStringProperty("cloudEvents_time")).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(data(message)).isEqualTo(DATA);
        }
    }

    private static String data(Message message) throws Exception {
        return message instanceof TextMessage text ? text.getText() : new String(message.getBody(byte[].class), UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void itWritesACloudEventThatIsHandled(RealServer kind) throws Exception {
        try (ActivemqMechanism mechanism = Activemq.open(kind.shared(), prefix, "30s");
                Connection connection = connect(kind)) {
            Activemq.define(mechanism);
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(prefix + Activemq.QUEUE));
            BytesMessage bytes = session.createBytesMessage();
            bytes.writeBytes(DATA.getBytes(UTF_8));
            for (Message message : new Message[] {session.createTextMessage(DATA), bytes}) {
                message.setStringProperty("cloudEvents_specversion", "1.0");
                message.setStringProperty("cloudEvents_id", "4");
                message.setStringProperty("cloudEvents_source", "urn:till");
                message.setStringProperty("cloudEvents_type", "told");
                message.setStringProperty("cloudEvents_time", "2026-01-02T03:04:05Z");
                producer.send(message);

                Delivered next = Activemq.next(mechanism.receive(Activemq.QUEUE, Activemq.LEASE), PATIENCE);
                Question question = next.message();
                CloudEvent event =
                        ForeignHeader.read(Activemq.QUEUE, question.header(), new byte[0], question.payload());
                assertThat(event.id()).isEqualTo("4");
                assertThat(event.type()).isEqualTo("told");
                assertThat(event.time()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
                assertThat(Activemq.text(next)).isEqualTo(DATA);
                assertThat(next.attempt()).isEqualTo(1);
                Activemq.join(next.acknowledge());
            }
        }
    }

    private static Connection connect(RealServer kind) throws Exception {
        Connection connection = new JmsConnectionFactory(kind.shared().getOrDefault("url", "")).createConnection();
        connection.start();
        return connection;
    }
}
