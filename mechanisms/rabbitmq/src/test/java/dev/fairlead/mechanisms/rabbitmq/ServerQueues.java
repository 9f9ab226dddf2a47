package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What tests do to streams and queues behind the mechanism's back. */
final class ServerQueues {
    private ServerQueues() {}

    /** A plain connection, without Fairlead. */
    static Connection connect(Map<String, String> server) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(server.getOrDefault("url", ""));
            return factory.newConnection();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | GeneralSecurityException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static void delete(String queue, Map<String, String> server) {
        try (Connection connection = connect(server);
                Channel channel = connection.createChannel()) {
            channel.queueDelete(queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static String version(Map<String, String> server) {
        try (Connection connection = connect(server)) {
            return String.valueOf(connection.getServerProperties().get("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void declareQuorum(String queue, Map<String, String> server) {
        try (Connection connection = connect(server);
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes out all that the queue holds. */
    static List<String> drained(String queue, Map<String, String> server) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect(server);
                Channel channel = connection.createChannel()) {
            for (GetResponse got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                texts.add(new String(got.getBody(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    /** Publishes as a program without Fairlead does, and waits for the server's word. */
    static void publish(String queue, Map<String, String> server, String text) {
        try (Connection connection = connect(server);
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", queue, null, text.getBytes(UTF_8));
            channel.waitForConfirmsOrDie();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
