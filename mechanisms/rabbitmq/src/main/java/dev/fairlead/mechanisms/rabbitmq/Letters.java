package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a queue's dead letters: each letter is one message, its offset is its number, and what became of letters stands behind them.
 * What is known here is read on to the end before each use. Safe for many threads.
 */
final class Letters {
    private static final String ERROR = "fairlead-error";
    private static final String SINCE = "fairlead-since";
    private static final String NUMBERS = "fairlead-numbers";
    private static final String REASON = "fairlead-reason";
    private static final long MOST_BYTES = 16L << 20;
    private static final byte[] NOTHING = {};

    private final Streams streams;
    private final String stream;
    /** Number and message id of those that are there. */
    private final NavigableMap<Long, String> live = new TreeMap<>();

    private final ArrayDeque<Dismissal> dismissals = new ArrayDeque<>();
    private final Object changing = new Object();
    private long reached;

    Letters(Streams streams, QueueNames names) {
        this.streams = streams;
        this.stream = names.dead();
    }

    /** To be locked by who changes what the letters are. */
    Object changing() {
        return changing;
    }

    static Messages.Outgoing letter(Held held, String error, Instant now) {
        Messages.Outgoing message = held.again(held.attempt());
        return Messages.with(Messages.with(message, ERROR, error), SINCE, now.toEpochMilli());
    }

    /** Says that the letters are back in the queue. */
    static Messages.Outgoing redriven(List<Long> numbers) {
        return outgoing(Map.of(NUMBERS, text(numbers)));
    }

    /** Says that the letter was dismissed. */
    static Messages.Outgoing dismissed(long number, String reason, Instant now) {
        return outgoing(Map.of(NUMBERS, text(List.of(number)), REASON, reason, SINCE, now.toEpochMilli()));
    }

    private static String text(List<Long> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }

    private static Messages.Outgoing outgoing(Map<String, Object> headers) {
        return new Messages.Outgoing(
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .headers(headers)
                        .build(),
                NOTHING);
    }

    private void readOn() {
        reached = StreamScan.read(streams, stream, reached, this::note);
    }

    private void note(long offset, StreamMessage message) {
        String numbers = text(message, NUMBERS);
        if (message.mark() != null) {
            return;
        }
        if (numbers == null) {
            live.put(offset, id(message));
            return;
        }
        String reason = text(message, REASON);
        for (String each : numbers.split(",", DeadLetters.MOST + 1)) {
            Long number = number(each);
            if (number != null && live.remove(number) != null && reason != null) {
                dismissals.addFirst(new Dismissal(number, reason, Instant.ofEpochMilli(whole(message, SINCE))));
            }
        }
        while (dismissals.size() > DeadLetters.MOST) {
            dismissals.removeLast();
        }
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException foreign) {
            return null;
        }
    }

    private static String id(StreamMessage message) {
        return message.getProperties() == null || message.getProperties().getMessageId() == null
                ? ""
                : message.getProperties().getMessageId().toString();
    }

    private static @Nullable Object property(StreamMessage message, String name) {
        Map<String, Object> all = message.getApplicationProperties();
        return all == null ? null : all.get(name);
    }

    private static @Nullable String text(StreamMessage message, String name) {
        return property(message, name) instanceof String text ? text : null;
    }

    private static long whole(StreamMessage message, String name) {
        return property(message, name) instanceof Number number ? number.longValue() : 0;
    }

    synchronized int count() {
        readOn();
        return live.size();
    }

    /** Those of the ids whose messages are dead letters now. */
    synchronized Set<String> among(Set<String> ids) {
        readOn();
        return live.values().stream().filter(ids::contains).collect(Collectors.toSet());
    }

    /** Whether the letter is there as far as is known without reading on; true of one that is not known yet. */
    synchronized boolean mayHave(long number) {
        return number >= reached || live.containsKey(number);
    }

    synchronized boolean has(long number) {
        readOn();
        return live.containsKey(number);
    }

    synchronized List<Dismissal> dismissals() {
        readOn();
        return List.copyOf(dismissals);
    }

    /** Those behind the number, fewer when they are large. */
    List<DeadLetter> behind(long after, int most) {
        List<Long> numbers;
        synchronized (this) {
            readOn();
            numbers = live.tailMap(after, false).keySet().stream().limit(most).toList();
        }
        return read(numbers);
    }

    /** Those of the numbers that are there, fewer when they are large. */
    List<DeadLetter> of(List<Long> numbers) {
        List<Long> there;
        synchronized (this) {
            readOn();
            there = numbers.stream().distinct().filter(live::containsKey).toList();
        }
        return read(there);
    }

    private List<DeadLetter> read(List<Long> numbers) {
        Map<Long, DeadLetter> found = new HashMap<>();
        long[] bytes = {0};
        if (!numbers.isEmpty()) {
            long first = numbers.stream().mapToLong(Long::longValue).min().orElseThrow();
            StreamScan.read(streams, stream, first, (offset, message) -> {
                if (bytes[0] <= MOST_BYTES && numbers.contains(offset)) {
                    DeadLetter letter = letter(offset, message);
                    bytes[0] += letter.message().size();
                    found.put(offset, letter);
                }
            });
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (Long number : numbers) {
            DeadLetter letter = found.get(number);
            if (letter != null) {
                letters.add(letter);
            }
        }
        return letters;
    }

    private static DeadLetter letter(long number, StreamMessage message) {
        byte[] header = property(message, Messages.ENVELOPE) instanceof byte[] bytes ? bytes : NOTHING;
        byte[] body = message.getBodyAsBinary();
        String error = text(message, ERROR);
        String byServer = text(message, "x-first-death-reason");
        String why = error == null ? "set aside by the server: " + byServer : error;
        return new DeadLetter(
                number,
                new Question(header, body == null ? NOTHING : body),
                (int) Math.min(Integer.MAX_VALUE, whole(message, Messages.ATTEMPTS)),
                why.length() > Delivered.MAX_ERROR ? why.substring(0, Delivered.MAX_ERROR) : why,
                Instant.ofEpochMilli(whole(message, SINCE)));
    }
}
