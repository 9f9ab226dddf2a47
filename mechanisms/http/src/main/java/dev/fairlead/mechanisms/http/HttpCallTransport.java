package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.wire.LetterMessages;
import dev.fairlead.spi.wire.LetterMessages.Announcement;
import dev.fairlead.spi.wire.LetterMessages.Letter;
import dev.fairlead.spi.wire.LetterMessages.Received;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A letter box at the node, which a thread asks for letters again and again. The node keeps boxes and announcements in memory; after a restart
 * of the node they are made anew, and letters that were in the boxes are lost.
 */
final class HttpCallTransport implements CallTransport {
    private static final System.Logger LOGGER = System.getLogger(HttpCallTransport.class.getName());
    private static final int OVERHEAD = 200;
    private static final Duration SLICE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final NodeLink link;
    private final Inbox inbox;
    private final String address = UUID.randomUUID().toString();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fairlead http letter").factory());
    private final Lane<Outgoing> sends;
    private final Lane<byte[]> own;
    private final ReentrantLock delivering = new ReentrantLock();
    private final Thread reading;
    private final Set<CompletableFuture<?>> receiving = ConcurrentHashMap.newKeySet();
    private Announcement announced = new Announcement(List.of(), Duration.ZERO);
    private volatile boolean closed;

    /**
     * What is to be sent.
     *
     * @param isUnsure whether an earlier try may have put it
     */
    private record Outgoing(Letter letter, CompletableFuture<Boolean> result, boolean isUnsure) {}

    private HttpCallTransport(NodeLink link, Inbox inbox) {
        this.link = link;
        this.inbox = inbox;
        this.sends = new Lane<>(
                threads,
                each -> OVERHEAD + (long) each.letter().message().length,
                this::write,
                each -> each.result().completeExceptionally(neverLeft("the opening is closed", null)));
        this.own = new Lane<>(
                threads, each -> OVERHEAD + (long) each.length, batch -> batch.forEach(this::deliver), dropped -> {});
        this.reading =
                Thread.ofPlatform().daemon().name("fairlead-http-letters").unstarted(this::read);
    }

    /** Opens the letter box, when the node is there. */
    static HttpCallTransport open(NodeLink link, Inbox inbox) {
        HttpCallTransport transport = new HttpCallTransport(link, inbox);
        transport.announce(List.of(), Duration.ofMillis(1));
        transport.reading.start();
        return transport;
    }

    private static String path(String act) {
        return "/mechanism/letters/" + act;
    }

    private WireOutput message() {
        return new WireOutput().text(address);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public synchronized void announce(List<Presence> all, Duration lease) {
        Announcement newer = new Announcement(List.copyOf(all), lease);
        post(newer);
        announced = newer;
    }

    private void post(Announcement announcement) {
        WireOutput out = message();
        LetterMessages.announcement(out, announcement);
        link.post(path("announce"), out.toBytes());
    }

    /** Tells a node that was started anew what it has forgotten. */
    private synchronized void announceAgain() {
        if (!announced.all().isEmpty()) {
            post(announced);
        }
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return CompletableFuture.supplyAsync(
                () -> {
                    WireInput in = new WireInput(
                            link.post(path("find"), message().text(item).toBytes()));
                    Collection<Presence> found = LetterMessages.presences(in);
                    in.end();
                    return found;
                },
                threads);
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        if (to.equals(address)) {
            return own.offer(message)
                    ? CompletableFuture.completedFuture(true)
                    : CompletableFuture.failedFuture(neverLeft("too much waits, or the opening is closed", null));
        }
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        offer(new Outgoing(new Letter(to, keep, message), result, false));
        return result;
    }

    /** One letter after another, those of this opening to itself as well, which need no node. */
    private void deliver(byte[] message) {
        delivering.lock();
        try {
            inbox.receive(message);
        } finally {
            delivering.unlock();
        }
    }

    private void offer(Outgoing outgoing) {
        if (!sends.offer(outgoing)) {
            outgoing.result()
                    .completeExceptionally(neverLeft("too much waits for the node, or the opening is closed", null));
        }
    }

    /** The node was started a moment ago, and whom it is for has not come back yet. */
    private void offerAgain(Outgoing outgoing) {
        threads.execute(() -> {
            LockSupport.parkNanos(PAUSE.toNanos());
            offer(outgoing);
        });
    }

    private void write(List<Outgoing> batch) {
        WireOutput out = message();
        LetterMessages.letters(out, batch.stream().map(Outgoing::letter).toList());
        try {
            NodeLink.Result result = link.posted(path("send"), out.toBytes());
            WireInput in = new WireInput(result.surely());
            for (Outgoing each : batch) {
                boolean isUnsure = each.isUnsure() || result.isUnsure();
                switch (in.count(LetterMessages.NOT_YET)) {
                    case LetterMessages.PUT -> each.result().complete(true);
                    case LetterMessages.NOT_YET -> offerAgain(new Outgoing(each.letter(), each.result(), isUnsure));
                    default -> each.result().completeExceptionally(notPut(isUnsure));
                }
            }
        } catch (FairleadException e) {
            FairleadException failure =
                    e.code() == ErrorCode.UNREACHABLE ? neverLeft(String.valueOf(e.getMessage()), e) : e;
            batch.forEach(each -> each.result().completeExceptionally(failure));
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(e));
        }
    }

    /** An earlier try may have put it, whose answer was lost. */
    private static FairleadException notPut(boolean isUnsure) {
        String why = "its letter box is gone or full";
        return isUnsure
                ? new FairleadException(ErrorCode.OUTCOME_UNKNOWN, "whether a message was sent is not known: " + why)
                : neverLeft(why, null);
    }

    private static FairleadException neverLeft(String why, @Nullable Throwable cause) {
        return new FairleadException(ErrorCode.UNREACHABLE, "a message was not sent: " + why, cause);
    }

    private void read() {
        long run = 0;
        long number = 0;
        while (!closed) {
            try {
                Received received = receive(run, number);
                received.letters().forEach(this::deliver);
                if (received.run() != run) {
                    announceAgain();
                }
                run = received.run();
                number = received.last();
            } catch (FairleadException e) {
                if (!closed) {
                    LOGGER.log(System.Logger.Level.WARNING, "letters wait: {0}", e.getMessage());
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private Received receive(long run, long number) {
        byte[] message = message()
                .number(run)
                .number(number)
                .count((int) SLICE.toMillis())
                .toBytes();
        return LetterMessages.received(link.ask(path("receive"), message, SLICE, receiving));
    }

    @Override
    public void close() {
        own.awaitIdle();
        own.close();
        sends.awaitIdle();
        sends.close();
        closed = true;
        receiving.forEach(each -> each.cancel(true));
        try {
            link.postOnce(path("leave"), message().toBytes()).get(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the node ends the letter box by itself", e);
        }
        threads.shutdown();
    }
}
