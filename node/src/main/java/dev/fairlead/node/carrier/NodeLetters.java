package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.wire.LetterMessages.Received;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The node's own letter box beside those of other processes, so that who asks or answers by REST meets who does so by the mechanism {@code http}. */
final class NodeLetters implements CallTransport {
    /** No caller's name. */
    static final String CALLER = "";

    private static final Duration SLICE = Duration.ofSeconds(10);

    private final Letters letters;
    private final Inbox inbox;
    private final String address = UUID.randomUUID().toString();
    private volatile boolean closed;

    private NodeLetters(Letters letters, Inbox inbox) {
        this.letters = letters;
        this.inbox = inbox;
    }

    static NodeLetters open(Letters letters, Inbox inbox) {
        NodeLetters opened = new NodeLetters(letters, inbox);
        letters.own(opened.address, CALLER);
        Thread.ofPlatform().daemon().name("fairlead-node-letters").start(opened::read);
        return opened;
    }

    private void read() {
        Received received = new Received(0, 0, List.of());
        while (!closed) {
            received = letters.own(address, CALLER).receive(received.run(), received.last(), SLICE);
            received.letters().forEach(inbox::receive);
        }
        letters.leave(address, CALLER);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void announce(List<Presence> all, Duration lease) {
        letters.announce(address, CALLER, all, lease);
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return CompletableFuture.completedFuture(letters.answering(item));
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        LetterBox box = letters.find(to);
        return box != null && box.put(message, keep)
                ? CompletableFuture.completedFuture(true)
                : CompletableFuture.failedFuture(new FairleadException(
                        ErrorCode.UNREACHABLE, "a message was not sent: its letter box is gone or full"));
    }

    @Override
    public void close() {
        closed = true;
        letters.leave(address, CALLER);
    }
}
