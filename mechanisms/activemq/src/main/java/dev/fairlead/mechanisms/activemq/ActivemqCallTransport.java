package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.jspecify.annotations.Nullable;

/**
 * A letter box for each opening, which is a queue that the broker keeps in memory, with a thread that reads it; and a queue in which it stands
 * who answers. When the connection of the letter box broke, it is opened again under its name, and what was announced is announced again.
 */
final class ActivemqCallTransport implements CallTransport {
    private static final System.Logger LOG = System.getLogger(ActivemqCallTransport.class.getName());
    private static final int OVERHEAD = 500;

    private final Opening opening;
    private final Inbox inbox;
    private final String address;
    private final Duration timeout;
    private final Answerers answerers;
    private final Reopened<LetterBox> box;
    private final Reopened<Senders> senders;
    private final Lane<Letter> letters;
    private final Thread reading;
    private List<Presence> announced = List.of();
    private Duration lease = Duration.ZERO;
    private volatile boolean closed;

    private record Letter(String address, byte[] bytes, Duration keep, CompletableFuture<Boolean> sent) {}

    private ActivemqCallTransport(Opening opening, Inbox inbox) {
        Broker broker = opening.broker();
        this.opening = opening;
        this.inbox = inbox;
        this.address = QueueNames.letterBox(broker.settings().prefix());
        this.timeout = broker.settings().timeout();
        this.answerers = new Answerers(opening.administration());
        this.box = new Reopened<>(() -> LetterBox.open(broker, address), timeout);
        this.senders = new Reopened<>(() -> Senders.open(broker, "letter boxes", Links::sender), timeout);
        this.letters = new Lane<>(
                opening.workers(),
                letter -> OVERHEAD + (long) letter.bytes().length,
                this::send,
                letter -> letter.sent().completeExceptionally(neverLeft("the opening is closed", null)));
        this.reading =
                Thread.ofPlatform().daemon().name("fairlead activemq letters").unstarted(this::read);
    }

    /** Opens the letter box, when the broker is there. */
    static ActivemqCallTransport open(Opening opening, Inbox inbox) {
        ActivemqCallTransport transport = new ActivemqCallTransport(opening, inbox);
        transport.answerers.define();
        transport.box.get();
        transport.reading.start();
        return transport;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public synchronized void announce(List<Presence> all, Duration newLease) {
        answerers.announce(address, all, newLease);
        announced = List.copyOf(all);
        lease = newLease;
    }

    private synchronized void announceAgain() {
        if (!announced.isEmpty()) {
            answerers.announce(address, announced, lease);
        }
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return onWorker(() -> answerers.find(item));
    }

    private <T> CompletableFuture<T> onWorker(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, opening.workers());
        } catch (FairleadException ended) {
            return CompletableFuture.failedFuture(ended);
        }
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        if (!letters.offer(new Letter(to, message, keep, sent))) {
            sent.completeExceptionally(neverLeft("too much waits for the broker, or the opening is closed", null));
        }
        return sent;
    }

    private void send(List<Letter> batch) {
        Senders open = null;
        FairleadException failure = null;
        List<Tracker> trackers = new ArrayList<>();
        try {
            open = senders.get();
            for (Letter each : batch) {
                trackers.add(open.send(each.address(), Messages.passing(each.bytes(), each.keep())));
            }
        } catch (ClientException | RuntimeException e) {
            failure = neverLeft(String.valueOf(e.getMessage()), e);
        }
        boolean lost = false;
        for (int i = 0; i < trackers.size(); i++) {
            lost |= !accept(trackers.get(i), batch.get(i));
        }
        for (Letter each : batch.subList(trackers.size(), batch.size())) {
            each.sent().completeExceptionally(failure);
        }
        if (open != null && (lost || failure != null)) {
            senders.drop(open);
        }
    }

    /** Whether the broker said what became of it. */
    private boolean accept(Tracker tracker, Letter letter) {
        try {
            DeliveryState state =
                    Waiting.get(tracker.settlementFuture(), timeout).remoteState();
            if (state != null && state.isAccepted()) {
                letter.sent().complete(true);
            } else {
                letter.sent().completeExceptionally(neverLeft("the broker refused it (" + state + ")", null));
            }
            return true;
        } catch (ClientException e) {
            letter.sent().completeExceptionally(Failures.unknown("sending a letter", e));
            return false;
        }
    }

    private static FairleadException neverLeft(String why, @Nullable Throwable cause) {
        return Failures.failure(ErrorCode.UNREACHABLE, "a letter was not sent: " + why, cause);
    }

    private void read() {
        LetterBox known = box.present();
        while (!closed) {
            LetterBox open = null;
            try {
                open = box.get();
                if (open != known) {
                    answerers.define();
                    announceAgain();
                    known = open;
                }
                open.read(inbox);
            } catch (FairleadException e) {
                LOG.log(System.Logger.Level.DEBUG, "letters wait", e);
                if (open != null) {
                    box.drop(open);
                }
            }
        }
    }

    @Override
    public void close() {
        letters.awaitIdle();
        letters.close();
        try {
            announce(List.of(), Duration.ofMillis(1));
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lease ends what was announced", e);
        }
        closed = true;
        end(box.end());
        end(senders.end());
        awaitReader();
    }

    private static void end(Reopened.@Nullable Open open) {
        if (open != null) {
            open.close();
        }
    }

    private void awaitReader() {
        boolean interrupted = false;
        while (reading.isAlive() && Thread.currentThread() != reading) {
            try {
                reading.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
