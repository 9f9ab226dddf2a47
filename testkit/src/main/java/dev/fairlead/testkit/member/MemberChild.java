package dev.fairlead.testkit.member;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The other process of {@link MemberFaults}. */
final class MemberChild {
    static final String FOLLOW = "follow";
    static final String RECEIVE = "receive";
    static final String HOLD = "hold";
    static final String WORKED = "worked";

    private MemberChild() {}

    /** @param arguments what to do, the mechanism's name, and its settings, each as key and value */
    public static void main(String[] arguments) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < arguments.length; i += 2) {
            settings.put(arguments[i], arguments[i + 1]);
        }
        Mechanism mechanism =
                provider(arguments[1]).open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
        switch (arguments[0]) {
            case FOLLOW -> follow((Log) mechanism);
            case RECEIVE -> receive((Queue) mechanism);
            default -> hold((Log) mechanism, (Queue) mechanism);
        }
    }

    private static MechanismProvider provider(String name) {
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Goes on where its group is, says each record and then notes that it has it. */
    private static void follow(Log log) {
        long from = log.committed(MemberFaults.NAME, MemberFaults.GROUP, 0)
                .map(Position::offset)
                .orElse(0L);
        LogReader reader = log.read(MemberFaults.NAME, 0, from);
        while (true) {
            for (LogRecord each : reader.poll(5, Duration.ofSeconds(1)).records()) {
                ParentJvm.say(text(each.payload()));
                log.commit(MemberFaults.NAME, MemberFaults.GROUP, new Position(0, each.offset() + 1));
            }
        }
    }

    /** Says each message and then acknowledges it, but for one in five, which it keeps. */
    private static void receive(Queue queue) {
        QueueReceiver receiver = queue.receive(MemberFaults.NAME, MemberFaults.LEASE);
        while (true) {
            for (Delivered each : receiver.poll(5, Duration.ofSeconds(1))) {
                String text = text(each.message().payload());
                if (Integer.parseInt(text) % 5 != 0) {
                    ParentJvm.say(text);
                    each.acknowledge().join();
                }
            }
        }
    }

    /** Holds a log and a message, and says what became of that when it is told to go on. */
    private static void hold(Log log, Queue queue) {
        LogWriter writer = log.claim(MemberFaults.NAME, "child");
        writer.append(0, List.of(entry("of the child"))).join();
        Delivered held = queue.receive(MemberFaults.NAME, MemberFaults.LEASE)
                .poll(1, Duration.ofMinutes(1))
                .getFirst();
        ParentJvm.sayReady();
        ParentJvm.awaitWord();
        ParentJvm.say(outcome(writer.append(0, List.of(entry("of a zombie")))) + " " + outcome(held.acknowledge()));
        ParentJvm.awaitWord();
    }

    static LogEntry entry(String value) {
        return new LogEntry(new byte[] {'k'}, new byte[0], value.getBytes(UTF_8));
    }

    static String text(byte[] payload) {
        return new String(payload, UTF_8);
    }

    private static String outcome(CompletableFuture<?> future) {
        try {
            future.join();
            return WORKED;
        } catch (CompletionException e) {
            return e.getCause() instanceof FairleadException known
                    ? known.code().name()
                    : e.toString();
        }
    }
}
