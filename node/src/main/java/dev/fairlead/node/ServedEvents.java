package dev.fairlead.node;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.Events;
import dev.fairlead.api.Expected;
import dev.fairlead.api.Receipt;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Share;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event item of the node.
 *
 * @param log the owner's, with all events and fields
 * @param views by the clients that they are for
 * @param takeBack during which it is appended to
 */
record ServedEvents(
        Share share,
        Content.Events content,
        Events<String, EventDocument> log,
        Map<String, ServedEventView> views,
        TakeBack takeBack) {
    /** Erases the key for good. */
    Erasure erase(String key) {
        return takeBack.during(() -> log.erase(key));
    }

    /** Appends the event, if the key has the expected version; null when it may have any. */
    Receipt append(String key, EventDocument event, @Nullable Expected expected) {
        return takeBack.during(() -> expected == null ? log.append(key, event) : log.append(key, event, expected));
    }
}
