package dev.fairlead.node.carrier;

import static dev.fairlead.spi.wire.NumberedAnswer.State.DONE;
import static dev.fairlead.spi.wire.NumberedAnswer.State.OTHER_RUN;
import static dev.fairlead.spi.wire.NumberedAnswer.State.UNDER_WAY;

import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.wire.EraseMessages;
import dev.fairlead.spi.wire.LogMessages;
import dev.fairlead.spi.wire.NumberedAnswer;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What can be done with a queue of an opening. What must not be done twice names the run of the opening that it is for and its own number,
 * and is answered by a {@link NumberedAnswer}.
 */
public final class QueueActs {
    private static final int LONGEST_NAME = 400;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int LONGEST_REASON = 4 * DeadLetters.MAX_REASON;

    private QueueActs() {}

    /** Defines it; a durability, and nothing. */
    public static byte[] define(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        QueueDefinition definition = new QueueDefinition(queue, LogMessages.durability(in));
        in.end();
        opening.queues().queues().define(definition);
        return new byte[0];
    }

    /** Whether it is there; nothing, and the run. */
    public static byte[] find(Opening opening, String queue, byte[] message) {
        new WireInput(message).end();
        opening.queues().queues().depth(queue);
        return new WireOutput().number(opening.queues().run()).toBytes();
    }

    /** What it holds; nothing, and four numbers. */
    public static byte[] depth(Opening opening, String queue, byte[] message) {
        new WireInput(message).end();
        QueueDepth depth = opening.queues().queues().depth(queue);
        return new WireOutput()
                .number(depth.waiting())
                .number(depth.later())
                .number(depth.held())
                .number(depth.dead())
                .toBytes();
    }

    /** Sends; messages, and what became of each. */
    public static byte[] send(Opening opening, String queue, byte[] message) {
        return numbered(opening, queue, "send", message, in -> {
            List<QueueMessages.Sending> all = QueueMessages.sendings(in);
            in.end();
            return Settled.sent(opening.queues().queues(), queue, all);
        });
    }

    /** Settles; what receivers want, and what became of each. */
    public static byte[] settle(Opening opening, String queue, byte[] message) {
        return numbered(opening, queue, "settle", message, in -> {
            List<QueueMessages.Settling> all = QueueMessages.settlings(in);
            in.end();
            return Settled.settled(opening.queues(), queue, all);
        });
    }

    /** Puts dead letters back; their numbers, and how many were there. */
    public static byte[] redrive(Opening opening, String queue, byte[] message) {
        return numbered(opening, queue, "change", message, in -> {
            int number = in.count(DeadLetters.MOST);
            List<Long> letters = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                letters.add(in.number());
            }
            in.end();
            int done = letters(opening, queue).redrive(letters);
            return new WireOutput().count(done).toBytes();
        });
    }

    /** Drops a dead letter; its number and the reason, and nothing. */
    public static byte[] dismiss(Opening opening, String queue, byte[] message) {
        return numbered(opening, queue, "change", message, in -> {
            long letter = in.number();
            String reason = in.text(LONGEST_REASON);
            in.end();
            letters(opening, queue).dismiss(letter, reason);
            return new byte[0];
        });
    }

    /** Takes messages out; whose digests and a digest, and how many, with the messages behind that digest. */
    public static byte[] erase(Opening opening, String queue, byte[] message) {
        return numbered(opening, queue, "change", message, in -> {
            EraseMessages.Wanted wanted = EraseMessages.wanted(in);
            in.end();
            Erasing erasing = new Erasing(wanted.fitting(), wanted.behind());
            long erased = opening.queues().queues().erase(queue, erasing);
            return EraseMessages.found(new EraseMessages.Found(erased, erasing.isMore(), erasing.next()));
        });
    }

    private static byte[] numbered(
            Opening opening, String queue, String lane, byte[] message, Function<WireInput, byte[]> work) {
        WireInput in = new WireInput(message);
        OpenQueues queues = opening.queues();
        if (in.number() != queues.run()) {
            return NumberedAnswer.of(queues.run(), OTHER_RUN).toBytes();
        }
        queues.queues().depth(queue); // fails where there is no such queue
        return answer(queues, queues.once(queue, lane, in.number(), () -> work.apply(in)));
    }

    private static byte[] answer(OpenQueues queues, Optional<byte[]> content) {
        return content.map(done -> new NumberedAnswer(queues.run(), DONE, done))
                .orElseGet(() -> NumberedAnswer.of(queues.run(), UNDER_WAY))
                .toBytes();
    }

    /** Opens a receiver; its name and lease, with what {@link #leave} takes for an earlier one or an empty name, and the run. */
    public static byte[] receive(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        String receiver = in.text(LONGEST_NAME);
        Duration lease = Duration.ofNanos(in.number());
        String earlier = in.text(LONGEST_NAME);
        long reached = in.number();
        in.end();
        QueueLimits.checkLease(queue, lease);
        opening.queues().leave(queue, earlier, reached);
        opening.queues().receive(queue, receiver, lease);
        return new WireOutput().number(opening.queues().run()).toBytes();
    }

    /** Takes messages; run, number, the receiver's name, how many and patience in milliseconds, and the messages. */
    public static byte[] poll(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        OpenQueues queues = opening.queues();
        if (in.number() != queues.run()) {
            return NumberedAnswer.of(queues.run(), OTHER_RUN).toBytes();
        }
        long number = in.number();
        String receiver = in.text(LONGEST_NAME);
        int most = in.count(Queue.MAX_POLL);
        Duration wait = Duration.ofMillis(in.count((int) LONGEST_WAIT.toMillis()));
        in.end();
        Optional<byte[]> found = queues.receiver(queue, receiver)
                .poll(number, most, wait)
                .map(handed -> {
                    WireOutput out = new WireOutput();
                    QueueMessages.handed(out, handed);
                    return out.toBytes();
                });
        return answer(queues, found);
    }

    /** Ends a receiver; its name and the number of the last poll whose answer came, and nothing. */
    public static byte[] leave(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        String receiver = in.text(LONGEST_NAME);
        long reached = in.number();
        in.end();
        opening.queues().leave(queue, receiver, reached);
        return new byte[0];
    }

    /** Lists dead letters; the number before the first and how many, and the letters. */
    public static byte[] letters(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        long after = in.number();
        int most = in.count(DeadLetters.MOST);
        in.end();
        return QueueMessages.letters(letters(opening, queue).list(after, most));
    }

    /** Finds a dead letter; its number, and one letter or none. */
    public static byte[] letter(Opening opening, String queue, byte[] message) {
        WireInput in = new WireInput(message);
        long number = in.number();
        in.end();
        return QueueMessages.letters(
                letters(opening, queue).find(number).stream().toList());
    }

    /** Lists dismissals; nothing, and the dismissals. */
    public static byte[] dismissals(Opening opening, String queue, byte[] message) {
        new WireInput(message).end();
        return QueueMessages.dismissals(letters(opening, queue).dismissals());
    }

    private static DeadLetters letters(Opening opening, String queue) {
        return opening.queues().queues().deadLetters(queue);
    }
}
