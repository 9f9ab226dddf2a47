package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.input.Tls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/** The broker, and the way to it. Safe for many threads. */
final class Broker implements AutoCloseable {
    private static final int PAUSE_MILLIS = 200;
    private static final int SHORTEST_IDLE_MILLIS = 2000;

    private final ActivemqSettings settings;
    private final Client client = Client.create();
    private final Product product;

    /** The programs that the mechanism was proven on. */
    enum Product {
        ARTEMIS(new Grace(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(10))),
        CLASSIC(new Grace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMinutes(1)));

        private final Grace grace;

        Product(Grace grace) {
            this.grace = grace;
        }

        Grace grace() {
            return grace;
        }
    }

    /**
     * How long messages may be under way before a link is drained. ActiveMQ Classic counts those that it has not yet written as not sent, gives
     * out as many again, and keeps them from everybody. Artemis sends together what it flushed together; to drain a link in the middle of that,
     * and to open another, takes both sides longer than the messages do.
     *
     * @param first what is given to the first at least, though nobody wants to wait
     * @param next what is given to another after the last that came
     * @param longest what is given to all of them after the first
     */
    record Grace(Duration first, Duration next, Duration longest) {
        /** How many milliseconds another one is waited for, so many nanoseconds after the first came. */
        long millis(long since) {
            return Math.min(next.toMillis(), TimeUnit.NANOSECONDS.toMillis(longest.toNanos() - since));
        }
    }

    /** One connection, which tells when it is gone. */
    record Wire(Connection connection, AtomicBoolean broken) {
        void close() {
            broken.set(true);
            connection.closeAsync();
        }
    }

    private Broker(ActivemqSettings settings, Product given) {
        this.settings = settings;
        this.product = given;
    }

    /** Waits for the broker as long as the settings say. */
    static Broker open(ActivemqSettings settings) {
        Product product = null;
        try (Broker first = new Broker(settings, Product.CLASSIC)) {
            long deadline = System.nanoTime() + settings.startWait().toNanos();
            while (product == null) {
                product = first.ask(deadline);
            }
        }
        return new Broker(settings, product);
    }

    /** What it is; null when it is away and there is time left. */
    private @Nullable Product ask(long deadline) {
        try {
            Wire wire = connect();
            try {
                return product(wire);
            } finally {
                wire.close();
            }
        } catch (FairleadException failure) {
            if (failure.code() != ErrorCode.UNREACHABLE || System.nanoTime() > deadline) {
                throw failure;
            }
            pause();
            return null;
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private Product product(Wire wire) {
        String name;
        try {
            name = String.valueOf(wire.connection().properties().get("product"));
        } catch (ClientException e) {
            throw Failures.of("asking " + settings.url() + " what it is", e);
        }
        return switch (name) {
            case "apache-activemq-artemis" -> Product.ARTEMIS;
            case "ActiveMQ" -> Product.CLASSIC;
            default ->
                throw new FairleadException(
                        ErrorCode.PLAN,
                        "mechanism activemq: " + settings.url()
                                + " is neither ActiveMQ Artemis nor ActiveMQ Classic, but says '" + name
                                + "'; name one of these in 'url'");
        };
    }

    Product product() {
        return product;
    }

    ActivemqSettings settings() {
        return settings;
    }

    /** One attempt, which ends within the time-out. */
    Wire connect() {
        return connect(client);
    }

    /** The same under the name of another client, which brokers know durable subscriptions by. */
    Wire connect(Client client) {
        AtomicBoolean broken = new AtomicBoolean();
        Connection connection = null;
        try {
            connection = client.connect(
                    settings.url().host(),
                    settings.url().port(),
                    options().disconnectedHandler((lost, event) -> broken.set(true)));
            Waiting.get(connection.openFuture(), settings.timeout());
            return new Wire(connection, broken);
        } catch (ClientException e) {
            if (connection != null) {
                connection.closeAsync();
            }
            throw Failures.of("connecting to " + settings.url(), e);
        }
    }

    private ConnectionOptions options() {
        long timeout = settings.timeout().toMillis();
        ConnectionOptions options = new ConnectionOptions()
                .openTimeout(timeout)
                .closeTimeout(timeout)
                // The client (1.1.0) lets the time-out of a transaction's begin run on when it has begun, and ends
                // later ones by it:
                // so the idle time-out alone ends what gets no answer.
                .requestTimeout(ConnectionOptions.INFINITE)
                .sendTimeout(timeout)
                .drainTimeout(timeout)
                .idleTimeout(Math.max(SHORTEST_IDLE_MILLIS, timeout))
                .user(settings.credentials().user())
                .password(settings.credentials().password());
        options.transportOptions().allowNativeIO(false).tcpNoDelay(true).connectTimeout((int) timeout);
        Tls tls = settings.tls();
        if (tls != null) {
            options.sslOptions()
                    .sslEnabled(true)
                    .sslContextOverride(tls.context())
                    .verifyHost(true)
                    .trustAll(false);
        }
        return options;
    }

    @Override
    public void close() {
        client.closeAsync();
    }
}
