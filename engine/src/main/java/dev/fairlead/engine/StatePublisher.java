package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.transaction.OutboxRelay;
import dev.fairlead.engine.transaction.OutboxRow;
import dev.fairlead.engine.transaction.OutboxStamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes an outbox of changes through the item's owner, which direct writes of this service share. */
record StatePublisher(String name, StateOwner<?, ?> owner) implements OutboxRelay.Publisher {
    static final String PUT = "put";
    static final String REMOVE = "remove";

    @Override
    public CompletableFuture<?> claim() {
        return LogPublisher.aside(name, owner::takeOver);
    }

    @Override
    public @Nullable OutboxStamp newest(byte[] key) {
        return owner.newest(key);
    }

    @Override
    public CompletableFuture<?> publish(OutboxRow row) {
        return owner.publish(row, kind(row));
    }

    private static Envelope.Kind kind(OutboxRow row) {
        return switch (row.type()) {
            case PUT -> Envelope.Kind.VALUE;
            case REMOVE -> Envelope.Kind.REMOVAL;
            case OutboxRow.ERASURE -> Envelope.Kind.ERASURE;
            default ->
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, "an outbox of state holds a row of the type " + row.type());
        };
    }

    @Override
    public CompletableFuture<?> erase() {
        return LogPublisher.aside(name, owner::finishErasures);
    }
}
