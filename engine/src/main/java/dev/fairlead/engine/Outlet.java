package dev.fairlead.engine;

import dev.fairlead.api.Origin;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Projection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a log to a reader: verifies each record as the owner wrote it, then leaves out what the reader's plan does not
 * name. Everything behind it, decoding included, never sees the other fields.
 */
final class Outlet {
    private final String item;
    private final EnvelopeFormat format;
    private final Optional<Projection> projection;

    Outlet(String item, Optional<Projection> projection) {
        this(item, new EnvelopeFormat(item), projection);
    }

    Outlet(ItemPlan plan, Optional<Projection> projection) {
        this(plan.id(), EnvelopeFormat.of(plan), projection);
    }

    private Outlet(String item, EnvelopeFormat format, Optional<Projection> projection) {
        this.item = item;
        this.format = format;
        this.projection = projection;
    }

    /** The record for the reader; fails with BAD_VALUE when it is not as it was written. */
    FeedRecord pass(LogRecord written) {
        Envelope envelope = format.read(written);
        byte[] payload = envelope.removal() || projection.isEmpty()
                ? written.payload()
                : projection.get().apply(written.payload());
        return new FeedRecord(written.offset(), written.key(), envelope, payload);
    }

    /** What listeners to the record run with; null when it belongs to no trace. */
    @Nullable
    Origin origin(FeedRecord record) {
        Origin written = record.envelope().origin();
        return written == null ? null : Origins.handling(written, item, record.offset());
    }
}
