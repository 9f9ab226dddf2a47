package dev.fairlead.engine;

import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes an outbox through the item's one appender, which direct appends of this service share. */
record LogPublisher(EventAppender appender) implements OutboxRelay.Publisher {
    @Override
    public void claim() {
        appender.claim();
    }

    @Override
    public @Nullable OutboxStamp newest(byte[] key) {
        return appender.newest(key);
    }

    @Override
    public CompletableFuture<?> publish(OutboxRow row) {
        return appender.publish(row);
    }
}
