package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.SharedAttempt;
import dev.fairlead.spi.server.Uninterrupted;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The connection that speaks AMQP 0-9-1; after a failure the next caller makes a new one, and who calls meanwhile shares its outcome. Safe for many threads. */
final class Broker implements AutoCloseable {
    private final RabbitSettings settings;
    private final SharedAttempt<Connection> connecting = new SharedAttempt<>();
    private @Nullable Connection connection;
    private volatile boolean closed;

    Broker(RabbitSettings settings) {
        this.settings = settings;
    }

    @FunctionalInterface
    interface Exchange<T> {
        T call(Channel channel) throws IOException, TimeoutException;
    }

    /** A new channel. */
    Channel channel(String what) {
        return exchange(what, () -> {
            Channel made = connection().createChannel();
            if (made == null) {
                throw new IOException("the connection has no more channels");
            }
            return made;
        });
    }

    /** One exchange on a channel of its own. */
    <T> T once(String what, Exchange<T> exchange) {
        Channel channel = channel(what);
        try {
            return exchange(what, () -> exchange.call(channel));
        } finally {
            discard(channel);
        }
    }

    /** One exchange on a channel that the caller has. */
    <T> T on(Channel channel, String what, Exchange<T> exchange) {
        return exchange(what, () -> exchange.call(channel));
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, TimeoutException;
    }

    private <T> T exchange(String what, Work<T> work) {
        checkOpen();
        return Uninterrupted.call(() -> {
            try {
                return work.run();
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                throw closed ? Failures.closed() : failure(what, e);
            }
        });
    }

    private FairleadException failure(String what, Exception thrown) {
        String text = "rabbitmq at " + settings.address() + ": " + what + " failed: ";
        if (thrown instanceof PossibleAuthenticationFailureException) {
            return Failures.failure(
                    ErrorCode.STORAGE_ACCESS, text + "user or password is wrong, or the user may not", thrown);
        }
        return switch (Replies.code(thrown)) {
            case Replies.ACCESS_REFUSED ->
                Failures.failure(
                        ErrorCode.STORAGE_ACCESS,
                        text + Replies.text(thrown) + " (the user needs the right to do this)",
                        thrown);
            case Replies.NOT_FOUND ->
                Replies.text(thrown).contains("down or inaccessible") // it is there, and about to be read from disk
                        ? Failures.failure(ErrorCode.UNREACHABLE, text + Replies.text(thrown), thrown)
                        : Failures.gone("rabbitmq at " + settings.address() + ": " + what);
            case Replies.PRECONDITION_FAILED -> Failures.failure(ErrorCode.PLAN, text + Replies.text(thrown), thrown);
            default -> Failures.failure(ErrorCode.UNREACHABLE, text + Replies.text(thrown), thrown);
        };
    }

    boolean isClosed() {
        return closed;
    }

    /** The server's version, such as 3.10.8. */
    String version() {
        Map<String, Object> properties =
                once("a look at the server", channel -> channel.getConnection().getServerProperties());
        return String.valueOf(properties.get("version"));
    }

    /** Whether a kill can take away what was made just before, see {@link Lasting}. */
    boolean forgetsNewNames() {
        return version().startsWith("3.");
    }

    void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
    }

    private Connection connection() {
        checkOpen();
        Connection open = present();
        return open == null ? connecting.join(this::connect) : open;
    }

    private synchronized @Nullable Connection present() {
        Connection open = connection;
        return open == null || !open.isOpen() ? null : open;
    }

    private Connection connect() {
        Connection open = present();
        if (open != null) {
            return open;
        }
        Connection made = exchange(
                "connecting",
                () -> factory()
                        .newConnection(settings.address().nodes().stream()
                                .map(node -> new com.rabbitmq.client.Address(node.host(), node.port()))
                                .toList()));
        if (!keep(made)) {
            made.abort(settings.exchangeMillis());
            throw Failures.closed();
        }
        return made;
    }

    private synchronized boolean keep(Connection made) {
        connection = closed ? null : made;
        return !closed;
    }

    private ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        int longest = settings.exchangeMillis();
        factory.setUsername(settings.access().user());
        factory.setPassword(settings.access().password());
        factory.setVirtualHost(settings.address().virtualHost());
        factory.setConnectionTimeout(longest);
        factory.setHandshakeTimeout(longest);
        factory.setChannelRpcTimeout(longest);
        factory.setShutdownTimeout(longest);
        factory.setRequestedHeartbeat(Math.max(1, longest / 1000));
        factory.setAutomaticRecoveryEnabled(false);
        factory.setThreadFactory(work -> {
            Thread thread = new Thread(work, "fairlead rabbitmq");
            thread.setDaemon(true);
            return thread;
        });
        SSLContext tls = settings.access().javaTls();
        if (tls == null) {
            factory.setSocketFactory(new GatheringSockets());
        } else {
            factory.useSslProtocol(tls);
            factory.enableHostnameVerification();
        }
        return factory;
    }

    static void discard(Channel channel) {
        try {
            channel.abort();
        } catch (AlreadyClosedException | IOException e) {
            // It is gone, as it should be.
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection open;
        synchronized (this) {
            open = connection;
            connection = null;
        }
        if (open != null) {
            open.abort(Math.toIntExact(settings.timeout().toMillis()));
        }
    }
}
