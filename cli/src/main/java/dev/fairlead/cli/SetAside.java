package dev.fairlead.cli;

import dev.fairlead.engine.DeadMessages;
import dev.fairlead.engine.ParkedGroup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be handled and waits for a decision.
 *
 * @param kind {@code event} or {@code message}; scripts rely on the names
 * @param item of which item
 * @param service which service could not handle it
 * @param group in which of its groups; null for a message
 * @param key the key in its text form
 * @param position where it stands in the item's log; for a message its number among the dead letters
 * @param event its name in the plan; null when it cannot be read, and for a message
 * @param version of the key; 0 when it cannot be read, and for a message
 * @param attempts how often it was tried; 0 when it queues behind another
 * @param since when it was set aside, or failed again
 * @param error why; empty when it queues behind another
 * @param redrive whether it is to be sent again when the service runs next
 */
record SetAside(
        String kind,
        String item,
        String service,
        @Nullable String group,
        String key,
        long position,
        @Nullable String event,
        long version,
        int attempts,
        Instant since,
        String error,
        boolean redrive) {
    static SetAside of(ParkedGroup group, ParkedGroup.Event event) {
        return new SetAside(
                "event",
                group.item(),
                group.service(),
                group.group(),
                event.key(),
                event.position().offset(),
                event.event(),
                event.version(),
                event.attempts(),
                event.since(),
                event.error(),
                event.redrive());
    }

    static SetAside of(DeadMessages dead, DeadMessages.Message message) {
        return new SetAside(
                "message",
                dead.item(),
                dead.service(),
                null,
                message.key().toString(),
                message.number(),
                null,
                0,
                message.attempts(),
                message.since(),
                message.error(),
                false);
    }

    private String what() {
        if (kind.equals("message")) {
            return "told";
        }
        if (event == null) {
            return "unreadable";
        }
        return (event.isEmpty() ? "its erasure," : event) + " version " + version;
    }

    String line() {
        String why = attempts == 0 && error.isEmpty() ? "waits behind it" : attempts + " attempts: " + error;
        return "  " + key + " at " + position + "  " + what() + "  since " + since + "  "
                + why.replaceAll("\\s*\\R\\s*", " ") + (redrive ? "  (to be sent again)" : "");
    }
}
