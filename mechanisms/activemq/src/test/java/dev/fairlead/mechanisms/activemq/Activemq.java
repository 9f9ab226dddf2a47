package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Short words for what tests do with the mechanism. */
final class Activemq {
    static final String QUEUE = "shop.order";
    static final Duration LEASE = Duration.ofMinutes(5);

    private Activemq() {}

    static MechanismOpening opening(Map<String, String> settings) {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    static ActivemqMechanism open(Map<String, String> server, String prefix, String timeout) {
        Map<String, String> settings = new HashMap<>(server);
        settings.put("prefix", prefix);
        settings.put("timeout", timeout);
        return ActivemqMechanism.open(opening(settings));
    }

    static ActivemqMechanism at(int port, String prefix, String timeout) {
        return open(Map.of("url", "amqp://127.0.0.1:" + port), prefix, timeout);
    }

    static void define(ActivemqMechanism mechanism) {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D1));
    }

    static void send(ActivemqMechanism mechanism, String text) {
        join(mechanism.send(QUEUE, new Question(new byte[] {9}, text.getBytes(UTF_8))));
    }

    /** The outcome, with the error as the mechanism gave it. */
    static void join(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FairleadException known) {
                throw known;
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message that the receiver gets. */
    static Delivered next(QueueReceiver receiver, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            List<Delivered> come = receiver.poll(1, Duration.ofSeconds(1));
            if (!come.isEmpty()) {
                return come.getFirst();
            }
        }
        throw new AssertionError("no message came within " + patience);
    }

    static String text(Delivered delivered) {
        return new String(delivered.message().payload(), UTF_8);
    }
}
