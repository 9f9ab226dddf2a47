package dev.fairlead.engine;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import dev.fairlead.api.Trace;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the origins that records and questions carry, and those that their handlers run with. */
final class Origins {
    private Origins() {}

    /** The origin of an event or a question of this thread; a trace begins here if the thread has none. */
    static Origin ofWork() {
        return Origin.current().map(Origin::next).orElseGet(() -> Origin.of(Trace.begin()));
    }

    /** The origin of a change of state; null if the thread has none, because a feed is no trace of its own. */
    static @Nullable Origin ofChange() {
        return Origin.current().map(Origin::next).orElse(null);
    }

    /** What the handler of a record runs with. */
    static Origin handling(Origin written, String item, long offset) {
        return new Origin(written.trace(), Optional.of(new Cause.Written(item, new Position(0, offset))));
    }

    /** What the handler of a question runs with. */
    static Origin answering(Origin asked, String item, UUID key) {
        return new Origin(asked.trace(), Optional.of(new Cause.Question(item, key)));
    }
}
