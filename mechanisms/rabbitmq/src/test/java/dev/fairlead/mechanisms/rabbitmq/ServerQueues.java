package dev.fairlead.mechanisms.rabbitmq;

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
}
