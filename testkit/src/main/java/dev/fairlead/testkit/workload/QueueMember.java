package dev.fairlead.testkit.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ChildJvm;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A process that receives from a queue, and can own a log, to be killed or stopped by a test. Queue and log have the same name. */
public final class QueueMember {
    /** How long it may hold a message. */
    public static final Duration LEASE = Duration.ofSeconds(2);

    private static final String WORKING = "working";
    private static final String HOLDING = "holding";

    private QueueMember() {}

    /** Starts one that acknowledges four of five messages, says the text of each when that is done, and keeps the others. */
    public static ChildJvm working(String provider, Map<String, String> settings, String name) {
        return start(WORKING, provider, settings, name);
    }

    /**
     * Starts one that appends "of the child" to the log and holds a message of the queue. When it is told to go on, it appends once more and
     * acknowledges, says the codes of both outcomes (or "worked"), and ends.
     */
    public static ChildJvm holding(String provider, Map<String, String> settings, String name) {
        return start(HOLDING, provider, settings, name);
    }

    private static ChildJvm start(String mode, String provider, Map<String, String> settings, String name) {
        List<String> arguments = new ArrayList<>(List.of(mode, provider, name));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return ChildJvm.of(QueueMember.class)
                .start(arguments.toArray(String[]::new))
                .awaitReady();
    }

    /** Runs it: mode, provider, name, settings. */
    public static void main(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        for (String each : List.of(arguments).subList(3, arguments.length)) {
            int equals = each.indexOf('=');
            settings.put(each.substring(0, equals), each.substring(equals + 1));
        }
        Mechanism mechanism =
                provider(arguments[1]).open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
        QueueReceiver receiver = ((Queue) mechanism).receive(arguments[2], LEASE);
        if (arguments[0].equals(WORKING)) {
            work(receiver);
        } else {
            hold(((Log) mechanism).claim(arguments[2], "child"), receiver);
        }
    }

    private static MechanismProvider provider(String name) {
        for (MechanismProvider each : ServiceLoader.load(MechanismProvider.class)) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no mechanism " + name + " on the class path");
    }

    private static void work(QueueReceiver receiver) {
        ParentJvm.sayReady();
        while (true) {
            for (Delivered each : receiver.poll(5, Duration.ofSeconds(1))) {
                String text = new String(each.message().payload(), UTF_8);
                if (text.hashCode() % 5 != 0) {
                    each.acknowledge().join();
                    ParentJvm.say(text);
                }
            }
        }
    }

    private static void hold(LogWriter writer, QueueReceiver receiver) {
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
