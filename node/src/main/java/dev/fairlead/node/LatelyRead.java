package dev.fairlead.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes as they were read a moment ago: all who see the same of an item get the same change at about the same time. Safe for many threads. */
final class LatelyRead {
    private static final long MOST_BYTES = 8 << 20;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Cache<Shown, ChangeFeed.Put> changes = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Shown shown, ChangeFeed.Put change) -> 2 * change.value().content().length)
            .expireAfterWrite(MOMENT)
            .build();

    private record Shown(Grant grant, ChangePlace place) {}

    /** The change at this place for who has the grant; null when it is not for him. */
    ChangeFeed.@Nullable Put of(Grant grant, ChangePlace place, Supplier<ChangeFeed.@Nullable Put> reading) {
        Shown shown = new Shown(grant, place);
        ChangeFeed.Put change = changes.getIfPresent(shown);
        if (change == null) {
            change = reading.get();
            if (change != null) {
                changes.put(shown, change);
            }
        }
        return change;
    }
}
