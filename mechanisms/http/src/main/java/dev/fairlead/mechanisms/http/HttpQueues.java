package dev.fairlead.mechanisms.http;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.wire.ContentDigest;
import dev.fairlead.spi.wire.EraseMessages;
import dev.fairlead.spi.wire.QueueMessages.Sending;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The queues at a node that one opening uses. Safe for many threads. */
final class HttpQueues implements AutoCloseable {
    private static final byte[] NOTHING = {};

    /** A fifth of the silence after which a node takes it that this process has gone. */
    private static final Duration SIGNS = Duration.ofSeconds(3);

    private final NodeLink link;
    private final NodeRun run = new NodeRun();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fairlead http queue").factory());
    private final Map<String, OpenQueue> open = new HashMap<>();
    private @Nullable Thread living;

    HttpQueues(NodeLink link) {
        this.link = link;
    }

    void define(QueueDefinition definition) {
        link.post(
                HttpMechanism.queuePath(definition.name(), "define"),
                new WireOutput().text(definition.durability().name()).toBytes());
    }

    /** The queue, which is there. */
    OpenQueue get(String name) {
        link.requireOpen();
        OpenQueue known = known(name);
        if (known != null) {
            return known;
        }
        run.now(new WireInput(link.post(HttpMechanism.queuePath(name, "find"), NOTHING)).number());
        return opened(name);
    }

    private synchronized @Nullable OpenQueue known(String name) {
        return open.get(name);
    }

    private synchronized OpenQueue opened(String name) {
        link.requireOpen();
        return open.computeIfAbsent(name, absent -> new OpenQueue(link, run, name, threads));
    }

    CompletableFuture<Sent> send(String queue, Question message, @Nullable Instant notBefore) {
        try {
            QueueLimits.checkMessage(queue, message);
            return get(queue).send(new Sending(message, notBefore));
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    QueueReceiver receive(String queue, Duration lease) {
        QueueLimits.checkLease(queue, lease);
        OpenQueue from = get(queue);
        showLife();
        return HttpReceiver.open(from, lease);
    }

    /** From now on the node hears of this process also while its handlers are busy, and leaves them what they hold. */
    private synchronized void showLife() {
        if (living == null) {
            living = Thread.ofVirtual().name("fairlead http life").start(() -> {
                LockSupport.parkNanos(SIGNS.toNanos());
                while (!link.isClosed()) {
                    link.showLife();
                    LockSupport.parkNanos(SIGNS.toNanos());
                }
            });
        }
    }

    QueueDepth depth(String queue) {
        WireInput in = new WireInput(link.post(HttpMechanism.queuePath(queue, "depth"), NOTHING));
        QueueDepth depth = new QueueDepth(in.number(), in.number(), in.number(), in.number());
        in.end();
        return depth;
    }

    /** Has the messages shown in the order of their digests, page by page, and those taken out that fit; a message that moves keeps its digest. */
    long erase(String queue, Predicate<Question> which) {
        OpenQueue in = get(queue);
        long erased = 0;
        Set<ContentDigest> fitting = Set.of();
        ContentDigest behind = ContentDigest.FIRST;
        while (true) {
            EraseMessages.Found found = pass(in, new EraseMessages.Wanted(fitting, behind));
            erased += found.erased();
            fitting = fitting(found.next(), which);
            if (fitting.isEmpty() && !found.isMore()) {
                return erased;
            }
            behind = found.isMore() ? ContentDigest.of(found.next().getLast()) : ContentDigest.LAST;
        }
    }

    private static EraseMessages.Found pass(OpenQueue queue, EraseMessages.Wanted wanted) {
        return queue.changing().run("erase", out -> EraseMessages.wanted(out, wanted), EraseMessages::found);
    }

    private static Set<ContentDigest> fitting(List<Question> messages, Predicate<Question> which) {
        Set<ContentDigest> fitting = new HashSet<>();
        for (Question each : messages) {
            if (which.test(each)) {
                fitting.add(ContentDigest.of(each));
            }
        }
        return fitting;
    }

    /** Ends what waits; the link is closed before. */
    @Override
    public void close() {
        List<OpenQueue> all;
        synchronized (this) {
            all = List.copyOf(open.values());
            if (living != null) {
                LockSupport.unpark(living);
            }
        }
        all.forEach(OpenQueue::close);
        threads.shutdown();
    }
}
