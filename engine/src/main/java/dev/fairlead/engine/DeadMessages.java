package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Envelope;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The dead letters of one item that is told, looked at from outside, without a plan and without its handler.
 *
 * <p>Reading changes nothing; {@link #redrive} and {@link #dismiss} are durable when they return. Safe for many threads.
 */
public final class DeadMessages {
    private final String item;
    private final DeadLetters letters;
    private final CallFormat format;

    /**
     * Something told that could not be handled.
     *
     * @param number names it among the dead letters of its item
     * @param key that its teller gave it; all zeros when it cannot be read
     * @param attempts how often it was tried
     * @param since when it was set aside
     * @param error why
     */
    public record Message(long number, UUID key, int attempts, Instant since, String error) {}

    DeadMessages(String item, Queue queue) {
        this.item = item;
        this.letters = queue.deadLetters(item);
        this.format = new CallFormat(item, Envelope.CLOUDEVENTS);
    }

    /** The dead letters of these queues, those without any left out. */
    public static List<DeadMessages> among(Collection<String> queues, Queue mechanism) {
        return queues.stream()
                .map(name -> new DeadMessages(name, mechanism))
                .filter(dead -> !dead.letters.list(DeadLetters.START, 1).isEmpty())
                .toList();
    }

    /** The id of the item. */
    public String item() {
        return item;
    }

    /** The service that handles the item: its owner. */
    public String service() {
        return item.substring(0, item.indexOf('.'));
    }

    /** All of them, the oldest first. */
    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        long after = DeadLetters.START;
        for (List<DeadLetter> page = page(after); !page.isEmpty(); page = page(after)) {
            page.forEach(letter -> messages.add(message(letter)));
            after = page.getLast().number();
        }
        return messages;
    }

    /** Some of them, the oldest first: those behind the number, or from the first on when it is -1; none only at the end. */
    public List<Message> messages(long after, int most) {
        return letters.list(after, most).stream().map(this::message).toList();
    }

    private List<DeadLetter> page(long after) {
        return letters.list(after, DeadLetters.MOST);
    }

    private Message message(DeadLetter letter) {
        return new Message(
                letter.number(),
                ToldItem.key(format, letter.message()),
                letter.attempts(),
                letter.since(),
                letter.error());
    }

    /** The question as its teller encoded it. */
    public byte[] payload(long number) {
        return letters.find(number)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.BAD_VALUE, item + " has no dead letter " + number + " (list them)"))
                .message()
                .payload();
    }

    /** Puts one back to be handled when the service runs next; whether it was there. */
    public boolean redrive(long number) {
        return letters.redrive(List.of(number)) == 1;
    }

    /** Drops one for good; the reason is kept. */
    public void dismiss(long number, String reason) {
        letters.dismiss(number, reason);
    }
}
