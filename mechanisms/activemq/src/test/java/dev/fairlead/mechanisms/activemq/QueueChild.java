package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.testkit.process.ParentJvm;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A receiver in a process that is stopped for a while: it holds a message, and says what became of that when it is told to go on. */
final class QueueChild {
    private QueueChild() {}

    public static void main(String[] arguments) {
        ActivemqMechanism mechanism = Activemq.open(Map.of("url", arguments[0]), arguments[1], "30s");
        Delivered held = Activemq.next(mechanism.receive(Activemq.QUEUE, Activemq.LEASE), Duration.ofMinutes(1));
        ParentJvm.sayReady();
        ParentJvm.awaitWord();
        ParentJvm.say(acknowledge(held));
        ParentJvm.say(acknowledge(held));
        System.exit(0);
    }

    private static String acknowledge(Delivered held) {
        try {
            held.acknowledge().join();
            return "worked";
        } catch (CompletionException e) {
            return e.getCause() instanceof FairleadException known
                    ? known.code().name()
                    : e.toString();
        }
    }
}
