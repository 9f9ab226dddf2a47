package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.transaction.Inbox;
import dev.fairlead.engine.transaction.InboxNote;
import dev.fairlead.engine.transaction.InboxTransaction;
import dev.fairlead.spi.LogRecord;
import java.util.List;

/** One attempt to handle one event. */
@FunctionalInterface
interface Performer<K, E> {
    /** Handles the event, or throws. */
    void perform(LogRecord written, EventRecord<K, E> happened, Attempt attempt) throws Exception;

    static <K, E> Performer<K, E> plain(Handler.Action<K, E> action) {
        return (written, happened, attempt) -> action.handle(happened);
    }

    /** Each event in a transaction of its own; one that was handled before is passed over. */
    static <K, E> Performer<K, E> transactional(
            Inbox inbox, EventInlet<K, E> inlet, Handler.Transactional<K, E> handler) {
        return (written, happened, attempt) -> {
            InboxNote note = new InboxNote(
                    written.key(), happened.version(), inlet.envelope(written).epoch());
            InboxTransaction transaction = inbox.transaction();
            attempt.in(transaction);
            if (!transaction.run(List.of(note), connection -> handler.action().handle(connection, happened))) {
                inbox.comeAgain();
            }
        };
    }
}
