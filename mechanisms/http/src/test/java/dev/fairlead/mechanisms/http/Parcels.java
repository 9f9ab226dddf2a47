package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A queue whose messages are texts, at a node. */
final class Parcels {
    static final String QUEUE = "shop.parcel";

    private Parcels() {}

    static void define(Queue queue) {
        queue.define(new QueueDefinition(QUEUE, Durability.D2));
    }

    static Question message(String text) {
        return new Question(new byte[] {7}, text.getBytes(UTF_8));
    }

    static String text(Question message) {
        return new String(message.payload(), UTF_8);
    }

    static void send(Queue queue, String... texts) throws Exception {
        for (String each : texts) {
            await(queue.send(QUEUE, message(each)));
        }
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Why it fails, which it does. */
    static ErrorCode codeOf(CompletableFuture<?> future) throws Exception {
        try {
            await(future);
            throw new AssertionError("it worked");
        } catch (ExecutionException e) {
            return ((FairleadException) requireNonNull(e.getCause())).code();
        }
    }

    /** The next so many, which are these. */
    static List<Delivered> take(QueueReceiver receiver, String... texts) {
        List<Delivered> taken = new ArrayList<>();
        long begin = System.nanoTime();
        while (taken.size() < texts.length && System.nanoTime() - begin < PATIENCE.toNanos()) {
            taken.addAll(receiver.poll(texts.length - taken.size(), PATIENCE));
        }
        assertThat(taken).extracting(each -> text(each.message())).containsExactly(texts);
        return taken;
    }

    static List<DeadLetter> letters(Queue queue) {
        return queue.deadLetters(QUEUE).list(DeadLetters.START, DeadLetters.MOST);
    }
}
