package dev.fairlead.testkit.member;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a mechanism's log and queue when processes that use them are killed or stopped. Each fault starts JVMs of its own with the
 * class path of this one, uses the settings' own data, takes seconds, and fails with an {@link AssertionError}.
 *
 * @param provider of a mechanism with logs, group positions, fencing and queues
 * @param settings with which all processes open it; nothing else may be in what they name
 */
public record MemberFaults(MechanismProvider provider, Map<String, String> settings) {
    static final String NAME = "members.work";
    static final String GROUP = "workers";
    static final Duration LEASE = Duration.ofSeconds(3);

    private static final int KILLS = 3;
    /** How many records or messages come before each kill. */
    private static final int EACH = 60;
    /** After how many of them, or later, a member is killed. */
    private static final int LINES = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public MemberFaults {
        settings = Map.copyOf(settings);
    }

    /** Members of a group are killed one after the other: the next one goes on where the one before was, and at most its last record comes again. */
    public void theNextMemberGoesOn() {
        try (Mechanism opened = open()) {
            Log log = (Log) opened;
            log.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D0));
            int next = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                append(log, kill * EACH);
                List<Integer> said = said(MemberChild.FOLLOW);
                int first = said.getFirst();
                require(first == next || first == next - 1, "to go on at " + next + ", not " + said);
                require(
                        said.equals(IntStream.range(first, first + said.size())
                                .boxed()
                                .toList()),
                        "every record in order, not " + said);
                next = said.getLast() + 1;
            }
        }
    }

    private static void append(Log log, int from) {
        try (LogWriter writer = log.claim(NAME, "owner")) {
            writer.append(
                            0,
                            IntStream.range(from, from + EACH)
                                    .mapToObj(number -> MemberChild.entry(Integer.toString(number)))
                                    .toList())
                    .join();
        }
    }

    /** What a child says until it is killed, which is after so many lines. */
    private List<Integer> said(String work) {
        List<Integer> said = new ArrayList<>();
        try (ChildJvm child = start(work)) {
            for (int i = 0; i < LINES; i++) {
                said.add(number(child.line()));
            }
            child.kill();
            for (String late = child.line(); late != null; late = child.line()) {
                said.add(number(late));
            }
        }
        return said;
    }

    private static int number(@Nullable String line) {
        if (line == null) {
            throw new AssertionError("a member ended by itself");
        }
        return Integer.parseInt(line);
    }

    /** Receivers are killed with messages in their hands: those come again, and of the others at most the one that was being acknowledged. */
    public void whatKilledReceiversHeldComesAgain() {
        try (Mechanism opened = open()) {
            Queue queue = (Queue) opened;
            queue.define(new QueueDefinition(NAME, Durability.D0));
            List<Integer> handled = new ArrayList<>();
            Set<Integer> mayComeAgain = new TreeSet<>();
            for (int kill = 0; kill < KILLS; kill++) {
                for (int number = 0; number < EACH; number++) {
                    send(queue, Integer.toString(kill * EACH + number));
                }
                List<Integer> said = said(MemberChild.RECEIVE);
                mayComeAgain.add(said.getLast());
                handled.addAll(said);
            }
            handled.addAll(rest(queue));
            Set<Integer> all = new TreeSet<>();
            List<Integer> again =
                    handled.stream().filter(number -> !all.add(number)).toList();
            require(mayComeAgain.containsAll(again), "nothing that was acknowledged to come again, not " + again);
            require(all.size() == KILLS * EACH, "every message in the end, not " + all);
        }
    }

    private static List<Integer> rest(Queue queue) {
        List<Integer> rest = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (QueueReceiver receiver = queue.receive(NAME, PATIENCE)) {
            while (left(queue) > 0) {
                require(System.nanoTime() < deadline, "what was held to come again within a minute");
                for (Delivered each : receiver.poll(100, Duration.ofMillis(200))) {
                    rest.add(number(MemberChild.text(each.message().payload())));
                    each.acknowledge().join();
                }
            }
        }
        return rest;
    }

    /** One look: a message whose lease is over between two of them would be neither waiting nor held. */
    private static long left(Queue queue) {
        QueueDepth depth = queue.depth(NAME);
        return depth.waiting() + depth.held();
    }

    /** A process that was stopped (SIGSTOP) while it owned a log and held a message, and goes on when others have both, changes nothing. */
    public void aZombieChangesNothing() throws InterruptedException {
        try (Mechanism opened = open()) {
            Log log = (Log) opened;
            Queue queue = (Queue) opened;
            log.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D0));
            queue.define(new QueueDefinition(NAME, Durability.D0));
            send(queue, "0");
            try (ChildJvm zombie = start(MemberChild.HOLD).awaitReady();
                    QueueReceiver receiver = queue.receive(NAME, PATIENCE)) {
                zombie.pause();
                LogWriter successor = log.claim(NAME, "successor");
                successor
                        .append(0, List.of(MemberChild.entry("of the successor")))
                        .join();
                List<Delivered> taken = receiver.poll(1, PATIENCE);
                require(taken.size() == 1 && taken.getFirst().attempt() == 2, "the held message a second time");
                zombie.resume();
                zombie.tell();
                String said = zombie.line();
                String fenced = ErrorCode.FENCED.name();
                require((fenced + " " + fenced).equals(said), "the zombie to be fenced off twice, not " + said);
                taken.getFirst().acknowledge().join();
                successor
                        .append(0, List.of(MemberChild.entry("of the successor")))
                        .join();
            }
            require(queue.depth(NAME).waiting() == 0, "nothing to be left in the queue");
            List<String> values = values(log);
            require(
                    values.equals(List.of("of the child", "of the successor", "of the successor")),
                    "nothing of the zombie in the log, not " + values);
        }
    }

    private static List<String> values(Log log) {
        List<String> values = new ArrayList<>();
        long end = log.bounds(NAME, 0).end();
        try (LogReader reader = log.read(NAME, 0, 0)) {
            while (reader.next() < end) {
                for (LogRecord each : reader.poll(100, PATIENCE).records()) {
                    values.add(MemberChild.text(each.payload()));
                }
            }
        }
        return values;
    }

    private static void send(Queue queue, String text) {
        queue.send(NAME, new Question(new byte[0], text.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    private Mechanism open() {
        return provider.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    private ChildJvm start(String work) {
        List<String> arguments = new ArrayList<>(List.of(work, provider.name()));
        settings.forEach((key, value) -> arguments.addAll(List.of(key, value)));
        return ChildJvm.of(MemberChild.class).showErrors().start(arguments.toArray(String[]::new));
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError("expected " + expected);
        }
    }
}
