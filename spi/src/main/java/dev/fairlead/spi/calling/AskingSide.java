package dev.fairlead.spi.calling;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The questions of one opening, by their items. */
final class AskingSide {
    private final String place;
    private final TimeSource time;
    private final Post post;
    private final Function<String, List<Presence>> local;
    private final Map<String, AskedItem> items = new ConcurrentHashMap<>();
    private final Map<Long, AskedItem> held = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    /** @param local the answerers of an item that this opening has itself */
    AskingSide(String place, TimeSource time, Post post, Function<String, List<Presence>> local) {
        this.place = place;
        this.time = time;
        this.post = post;
        this.local = local;
    }

    CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        AskedItem asked = item(item);
        PendingQuestion pending = new PendingQuestion(question, deadline, time, arrivals.incrementAndGet());
        TimeSource.Alarm alarm = time.at(pending.until(), () -> asked.expire(pending));
        pending.outcome().whenComplete((answer, failure) -> {
            alarm.cancel();
            asked.giveUp(pending);
        });
        asked.ask(pending);
        return pending.outcome();
    }

    private AskedItem item(String name) {
        AskedItem known = items.get(name);
        if (known != null) {
            return known;
        }
        AskedItem item = items.computeIfAbsent(name, key -> new AskedItem(key, this));
        local.apply(name).forEach(item::join);
        return item;
    }

    /** An answerer of this opening takes questions. */
    void joined(Presence presence) {
        AskedItem item = items.get(presence.item());
        if (item != null) {
            item.join(presence);
        }
    }

    /** An answerer of this opening takes no more. */
    void left(Presence presence) {
        AskedItem item = items.get(presence.item());
        if (item != null) {
            item.leave(presence);
        }
    }

    void receive(CallMessage.ToAsker message) {
        switch (message) {
            case CallMessage.Answered answered -> receive(answered.number(), message);
            case CallMessage.Busy busy -> receive(busy.number(), message);
            case CallMessage.Abandoned abandoned -> receive(abandoned.number(), message);
            case CallMessage.Gone gone -> {
                if (gone.number() == CallMessage.Gone.NONE) {
                    items.values().forEach(item -> item.receive(message));
                } else {
                    receive(gone.number(), message);
                }
            }
            case CallMessage.Room room -> items.values().forEach(item -> item.receive(message));
            case CallMessage.Here here -> items.values().forEach(item -> item.receive(message));
        }
    }

    private void receive(long number, CallMessage.ToAsker message) {
        AskedItem item = held.get(number);
        if (item != null) {
            item.receive(message);
        }
    }

    Post post() {
        return post;
    }

    String place() {
        return place;
    }

    String address() {
        return post.address();
    }

    boolean isClosed() {
        return closed;
    }

    FairleadException closedFailure() {
        return CallFailures.closed(place);
    }

    /** A number for a question of the item that is handed over. */
    long nextNumber(AskedItem item) {
        long number = numbers.incrementAndGet();
        held.put(number, item);
        return number;
    }

    void forget(long number) {
        held.remove(number);
    }

    void look() {
        items.values().forEach(AskedItem::look);
    }

    void close() {
        closed = true;
        items.values().forEach(AskedItem::close);
    }
}
