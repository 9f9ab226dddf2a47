package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Pauses;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Letters in a table, and a thread that looks for those to this opening.
 *
 * <p>A letter is handed on before it is taken out, so none gets lost, and one may come twice.
 */
final class SqlCallTransport implements CallTransport {
    private static final System.Logger LOG = System.getLogger(SqlCallTransport.class.getName());
    private static final int OVERHEAD = 200;
    private static final long SWEEP_NANOS = 30_000_000_000L;

    private final Server server;
    private final Inbox inbox;
    private final long box = Server.newHolder();
    private final Lane<Outgoing> sends;
    private final Bells.Bell bell;
    private final AtomicReference<List<Presence>> announced = new AtomicReference<>(List.of());
    private final Thread reading;
    private volatile boolean closed;

    private record Outgoing(CallRows.Letter letter, CompletableFuture<Boolean> result) {}

    private SqlCallTransport(Server server, Inbox inbox) {
        this.server = server;
        this.inbox = inbox;
        this.bell = server.bells().of(BellNames.box(box));
        this.sends = new Lane<>(
                server.workers(),
                outgoing -> OVERHEAD + (long) outgoing.letter().message().length,
                this::write,
                outgoing -> outgoing.result().completeExceptionally(neverLeft("the opening is closed", null)));
        this.reading = Thread.ofPlatform().daemon().name("fairlead-sql-letters").unstarted(this::read);
    }

    static SqlCallTransport open(Server server, Inbox inbox) {
        SqlCallTransport transport = new SqlCallTransport(server, inbox);
        transport.reading.start();
        return transport;
    }

    @Override
    public String address() {
        return CallRows.address(box);
    }

    @Override
    public void announce(List<Presence> all, Duration lease) {
        List<Presence> before = announced.get();
        server.workers().call(() -> {
            if (all.isEmpty() || !new HashSet<>(all).equals(new HashSet<>(before)) || !renew(all.size(), lease)) {
                server.calls().announce(box, all, lease);
            }
            return true;
        });
        announced.set(all);
    }

    /** Whether all rows were there. */
    private boolean renew(int answerers, Duration lease) {
        return server.calls().renew(box, lease) == answerers;
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return CompletableFuture.supplyAsync(() -> server.calls().find(item), server.workers());
    }

    @Override
    public CompletableFuture<?> send(String address, byte[] message, Duration keep) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        if (!sends.offer(new Outgoing(new CallRows.Letter(CallRows.box(address), message, keep), result))) {
            result.completeExceptionally(neverLeft("too much waits for the server, or the opening is closed", null));
        }
        return result;
    }

    private void write(List<Outgoing> batch) {
        try {
            server.calls().send(batch.stream().map(Outgoing::letter).toList());
        } catch (FairleadException e) {
            FairleadException failure =
                    e.code() == ErrorCode.OUTCOME_UNKNOWN ? e : neverLeft(String.valueOf(e.getMessage()), e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(e));
            return;
        }
        batch.stream().map(each -> each.letter().box()).distinct().forEach(to -> server.changed(BellNames.box(to)));
        batch.forEach(each -> each.result().complete(true));
    }

    private static FairleadException neverLeft(String why, @Nullable Throwable cause) {
        return new FairleadException(ErrorCode.UNREACHABLE, "a message was not sent: " + why, cause);
    }

    private void read() {
        Pauses pauses = server.pausesOfBox();
        List<CallRows.Received> read = List.of();
        long swept = System.nanoTime();
        while (!closed) {
            long heard = bell.rings();
            try {
                List<CallRows.Received> before = read;
                read = server.workers().call(() -> server.calls().receive(box, before));
                read.forEach(each -> inbox.receive(each.message()));
                if (System.nanoTime() - swept > SWEEP_NANOS) {
                    swept = System.nanoTime();
                    server.workers().call(() -> server.calls().sweep());
                }
            } catch (FairleadException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "letters at {0} wait: {1}",
                        server.database().place(),
                        e.getMessage());
            }
            if (read.isEmpty()) {
                pause(heard, pauses.next());
            } else {
                pauses = server.pausesOfBox();
            }
        }
    }

    private void pause(long heard, long nanos) {
        try {
            bell.await(heard, nanos);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "nobody but the close ends this thread", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        bell.ring();
        sends.awaitIdle();
        sends.close();
        try {
            server.workers().call(() -> server.calls().close(box));
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.DEBUG, "the leases end what is left", e);
        }
        awaitReader();
        server.bells().forget(BellNames.box(box));
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
