package dev.fairlead.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.spi.Projection;
import java.util.Optional;

/**
 * What the readers of the same fields see of an item. The last values are kept as they are shown, because many look at the same: at a change,
 * every stream. Safe for many threads.
 */
final class ProjectedValues implements Sight {
    private static final int KEPT = 1024;

    private final Projection projection;
    /** By the document itself and not by what is equal to it, which would cost as much as the projection; a copy gives each version as one. */
    private final Cache<Document, byte[]> shown =
            Caffeine.newBuilder().weakKeys().maximumSize(KEPT).build();

    ProjectedValues(Projection projection) {
        this.projection = projection;
    }

    @Override
    public Optional<byte[]> of(Document document) {
        return Optional.of(shown.get(document, any -> projection.apply(document.content())));
    }
}
