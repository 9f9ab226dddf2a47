package dev.fairlead.engine;

import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes an outbox through the item's one appender, which direct appends of this service share. */
record LogPublisher(String name, EventAppender appender) implements OutboxRelay.Publisher {
    @Override
    public CompletableFuture<?> claim() {
        return aside(name, appender::takeOver);
    }

    @Override
    public @Nullable OutboxStamp newest(byte[] key) {
        return appender.newest(key);
    }

    @Override
    public CompletableFuture<?> publish(OutboxRow row) {
        return appender.publish(row);
    }

    @Override
    public CompletableFuture<?> erase() {
        return aside(name, appender::finishErasures);
    }

    /** Both may take long, and the relay has to go on saying that it leads. */
    static CompletableFuture<?> aside(String name, Runnable work) {
        return CompletableFuture.runAsync(
                work, task -> Thread.ofPlatform().daemon().name(name).start(task));
    }
}
