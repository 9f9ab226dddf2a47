package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.testkit.process.ParentJvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A member of a queue, and the owner of a log, in a process that is killed or stopped. */
final class QueueChild {
    static final String NAME = "shop.pay";
    static final Duration LEASE = Duration.ofSeconds(2);

    private QueueChild() {}

    public static void main(String[] arguments) {
        KafkaMechanism mechanism = Kafka.open(arguments[0], arguments[1], "30s");
        QueueReceiver receiver = mechanism.receive(NAME, LEASE);
        if (arguments[2].equals("work")) {
            work(receiver);
        } else {
            hold(mechanism, receiver);
        }
    }

    /** Says what it has acknowledged, until it is killed. */
    private static void work(QueueReceiver receiver) {
        ParentJvm.sayReady();
        while (true) {
            for (Delivered each : receiver.poll(5, Duration.ofSeconds(1))) {
                String text = new String(each.message().payload(), UTF_8);
                if (text.hashCode() % 5 != 0) { // the others it keeps
                    each.acknowledge().join();
                    ParentJvm.say(text);
                }
            }
        }
    }

    /** Holds a message and a log, and says what became of that when it is told to go on. */
    private static void hold(KafkaMechanism mechanism, QueueReceiver receiver) {
        LogWriter writer = mechanism.claim(NAME, "child");
        append(writer).join();
        Delivered held = receiver.poll(1, Duration.ofMinutes(1)).getFirst();
        ParentJvm.sayReady();
        ParentJvm.awaitWord();
        ParentJvm.say(code(append(writer)) + " " + code(held.acknowledge()));
        System.exit(0);
    }

    private static CompletableFuture<?> append(LogWriter writer) {
        return writer.append(0, List.of(new LogEntry(new byte[] {'k'}, new byte[0], "of the child".getBytes(UTF_8))));
    }

    private static String code(CompletableFuture<?> future) {
        try {
            future.join();
            return "worked";
        } catch (CompletionException e) {
            return e.getCause() instanceof FairleadException known
                    ? known.code().name()
                    : e.toString();
        }
    }
}
