package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Lane;
import dev.fairlead.spi.server.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Letters in a stream for each opening, and a thread that looks for those to this one; who answers for an item stands in a sorted set, by
 * the moment of the server's clock at which the lease ends. A letter is handed on before it is taken out, so none gets lost, and one may
 * come twice.
 */
final class RedisCallTransport implements CallTransport {
    private static final System.Logger LOGGER = System.getLogger(RedisCallTransport.class.getName());
    private static final int OVERHEAD = 200;

    private final Server server;
    private final Inbox inbox;
    private final String address = UUID.randomUUID().toString();
    private final byte[] key;
    private final Lane<Outgoing> sends;
    private final Bells.Bell bell;
    private final Thread reading;
    private List<Presence> announced = List.of();
    private volatile boolean closed;

    private record Outgoing(String address, byte[] letter, Duration keep, CompletableFuture<Boolean> result) {}

    private RedisCallTransport(Server server, Inbox inbox) {
        this.server = server;
        this.inbox = inbox;
        this.key = Words.of(server.settings().prefix() + ":calls");
        this.bell = server.bell(bellName());
        this.sends = new Lane<>(
                server.workers(),
                outgoing -> OVERHEAD + (long) outgoing.letter().length,
                this::write,
                outgoing -> outgoing.result().completeExceptionally(neverLeft("the opening is closed", null)));
        this.reading =
                Thread.ofPlatform().daemon().name("fairlead-redis-letters").unstarted(this::read);
    }

    /** Opens the letter box, when the server is there. */
    static RedisCallTransport open(Server server, Inbox inbox) {
        server.call("opening a letter box", connection -> true);
        RedisCallTransport transport = new RedisCallTransport(server, inbox);
        transport.reading.start();
        return transport;
    }

    private String bellName() {
        return "calls:" + address;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public synchronized void announce(List<Presence> all, Duration lease) {
        Words words = new Words().add(lease.toMillis());
        announced.stream().filter(each -> !all.contains(each)).forEach(each -> add(words, "-", each));
        all.forEach(each -> add(words, "+", each));
        server.callAtEnd("announcing who answers", connection -> Script.CALL_ANNOUNCE.run(connection, key, words));
        announced = List.copyOf(all);
    }

    private static void add(Words words, String what, Presence presence) {
        words.add(what).add(presence.item()).add(presence.address() + " " + presence.number() + " " + presence.room());
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return CompletableFuture.supplyAsync(() -> findNow(item), server.workers());
    }

    private Collection<Presence> findNow(String item) {
        Reply found = server.connections()
                .again(
                        "looking for who answers for " + item,
                        server.connections().deadline(),
                        connection -> Script.CALL_FIND.run(connection, key, new Words().add(item)))
                .list(1);
        List<Presence> all = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String[] parts = found.text(i).split(" ", 3);
            all.add(new Presence(item, parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
        }
        return all;
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        if (!sends.offer(new Outgoing(to, message, keep, result))) {
            result.completeExceptionally(neverLeft("too much waits for the server, or the opening is closed", null));
        }
        return result;
    }

    private void write(List<Outgoing> batch) {
        Words words = new Words();
        batch.forEach(each -> words.add(each.address())
                .add(Math.max(1, each.keep().toMillis()))
                .add(each.letter()));
        Tries tries = new Tries();
        try {
            server.connections()
                    .again(
                            "sending letters",
                            server.connections().deadline(),
                            connection -> tries.count(() -> Script.CALL_SEND.run(connection, key, words)));
        } catch (FairleadException e) {
            FairleadException failure = tries.isAnswerLost()
                    ? tries.judge("sending letters", e)
                    : neverLeft(String.valueOf(e.getMessage()), e);
            batch.forEach(each -> each.result().completeExceptionally(failure));
            return;
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(e));
            return;
        }
        batch.forEach(each -> each.result().complete(true));
    }

    private static FairleadException neverLeft(String why, @Nullable Throwable cause) {
        return new FairleadException(ErrorCode.UNREACHABLE, "a message was not sent: " + why, cause);
    }

    private void read() {
        Pauses pauses = server.pauses();
        List<String> handedOn = List.of();
        while (!closed) {
            long heard = bell.rings();
            try {
                handedOn = receive(handedOn);
            } catch (FairleadException e) {
                LOGGER.log(System.Logger.Level.WARNING, "letters wait: {0}", e.getMessage());
            }
            if (handedOn.isEmpty()) {
                pause(heard, pauses.next());
            } else {
                pauses.changed();
            }
        }
    }

    /** Takes out what was handed on, and hands on what is there; gives the ids of that. */
    private List<String> receive(List<String> handedOn) {
        Words words = new Words().add(address);
        handedOn.forEach(words::add);
        Reply letters = server.callAtEnd(
                        "looking for letters", connection -> Script.CALL_RECEIVE.run(connection, key, words))
                .list(1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            Reply fields = letters.list(i).list(1);
            inbox.receive(fields.size() > 1 ? fields.bytes(1) : new byte[0]);
            ids.add(letters.list(i).text(0));
        }
        return ids;
    }

    private void pause(long heard, long nanos) {
        try {
            bell.await(heard, nanos);
        } catch (InterruptedException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "nobody but the close ends this thread", e);
        }
    }

    @Override
    public void close() {
        sends.awaitIdle();
        sends.close();
        try {
            announce(List.of(), Duration.ofMillis(1));
            server.callAtEnd(
                    "closing a letter box",
                    connection -> Script.CALL_LEAVE.run(connection, key, new Words().add(address)));
        } catch (FairleadException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the leases end what is left", e);
        }
        closed = true;
        bell.ring();
        awaitReader();
        server.bells().forget(bellName());
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
