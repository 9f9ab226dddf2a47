package dev.fairlead.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes as they were read and stand in a stream, for a moment: all who see the same of an item get the same bytes at about the same time. Safe for
 * many threads.
 */
final class RenderedChanges {
    private static final long MOST_BYTES = 8 << 20;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Cache<Shown, Rendered> rendered = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Shown shown, Rendered change) -> change.event().length)
            .expireAfterWrite(MOMENT)
            .build();

    private record Shown(Grant grant, long sequence) {}

    private record Rendered(ChangeFeed.Entry change, byte[] event) {}

    /** The change of this sequence for who has the grant, as it was read lately or is read now; null when it is not for him. */
    ChangeFeed.@Nullable Entry read(Grant grant, long sequence, Supplier<ChangeFeed.@Nullable Entry> reading) {
        Rendered known = rendered.getIfPresent(new Shown(grant, sequence));
        if (known != null) {
            return known.change();
        }
        ChangeFeed.Entry read = reading.get();
        if (read != null) {
            keep(read);
        }
        return read;
    }

    /** The change as an event, without its id. */
    byte[] event(ChangeFeed.Entry change) {
        Rendered known = rendered.getIfPresent(new Shown(change.grant(), change.sequence()));
        return known == null || known.change() != change ? keep(change) : known.event();
    }

    private byte[] keep(ChangeFeed.Entry change) {
        byte[] event = ServerSentEvent.of(change.name(), Json.of(change));
        rendered.put(new Shown(change.grant(), change.sequence()), new Rendered(change, event));
        return event;
    }
}
