package dev.fairlead.spi.calling;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a mechanism supplies so that {@link DistributedCall} can carry questions: a letter box for each opening, and a list of who answers.
 *
 * <p>The outcomes of questions stay true when messages are lost, come late, in another order or twice; only an address must never be
 * used again. Safe for many threads.
 */
public interface CallTransport extends AutoCloseable {
    /** The most bytes of one message. */
    int MAX_MESSAGE = 1100 * 1024;

    /** Where the messages of this opening come in. */
    @FunctionalInterface
    interface Inbox {
        /**
         * Takes a message, on any thread, without blocking and without throwing. One that cannot be read is logged and dropped. The
         * array is not copied.
         */
        void receive(byte[] message);
    }

    /** Connects a mechanism's opening; called when it asks or answers for the first time, and again after a failure. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the letter box; may block. Messages that others send from now on reach the inbox.
         *
         * @throws dev.fairlead.api.FairleadException with UNREACHABLE when the server is away
         */
        CallTransport open(Inbox inbox);
    }

    /** Where this opening is sent its messages: 1 to 200 characters of ASCII that no other opening has, had or will have. */
    String address();

    /**
     * Lets these answerers, all that this opening has, be found by {@link #find} for so long; one that is not among them is found no
     * more. Called at each change and at a third of the lease, one call at a time; blocks until others can find them. A lease is real
     * time, and clocks of hosts need not agree for it.
     *
     * @throws dev.fairlead.api.FairleadException with UNREACHABLE when the server is away; what was announced before holds on
     */
    void announce(List<Presence> all, Duration lease);

    /**
     * Who answers for the item: everyone whose announcement returned before this call, unless withdrawn or its lease has run out.
     * Does not block. Fails with UNREACHABLE when nobody can tell.
     */
    CompletableFuture<Collection<Presence>> find(String item);

    /**
     * Sends a message to an opening, and does not block. Nothing tells whether it arrives.
     *
     * <p>The future completes when the message was handed over. It fails with UNREACHABLE when it surely was not and will not be, as when
     * it never left this process; with OUTCOME_UNKNOWN when that is not known.
     *
     * @param address what another opening's {@link #address} said; it may be gone
     * @param message at most {@link #MAX_MESSAGE} bytes; the array is not copied
     * @param keep how long anybody wants it, in real time; after that it may be thrown away, and must be some time
     */
    CompletableFuture<?> send(String address, byte[] message, Duration keep);

    /**
     * Closes the letter box and takes its announcements back. What was sent before is handed over first, for as long as the mechanism is
     * patient with its server.
     */
    @Override
    void close();
}
