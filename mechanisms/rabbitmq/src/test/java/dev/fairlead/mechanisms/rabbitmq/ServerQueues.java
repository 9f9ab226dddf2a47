package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
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

    /** How many messages the server says that the queue has. */
    static int depth(String queue, Map<String, String> server) {
        try (Connection connection = connect(server);
                Channel channel = connection.createChannel()) {
            return channel.queueDeclarePassive(queue).getMessageCount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
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
