package dev.fairlead.mechanisms.rabbitmq;

import java.util.LinkedHashSet;
import java.util.Set;

/** The names of all streams and queues with the prefix, because no protocol of 3.10 lists them. Safe for many threads. */
final class Catalog {
    private final Streams streams;
    private final Set<String> noted = new LinkedHashSet<>();

    Catalog(Streams streams) {
        this.streams = streams;
    }

    /** The name of its own stream. */
    String stream() {
        return streams.settings().prefix() + "Fairlead.names";
    }

    /** Notes a name before something is made that has it. */
    synchronized void note(String name) {
        if (noted.contains(name)) {
            return;
        }
        streams.createPlain(stream());
        try (ConfirmedPublisher publisher = ConfirmedPublisher.open(streams, stream(), "")) {
            publisher.mark(name, noted.size());
        }
        noted.add(name);
    }

    /** Everything that was noted, the catalog's own stream last; nothing where nothing ever was. */
    Set<String> names() {
        if (!streams.exists(stream())) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        StreamScan.read(streams, stream(), 0, (offset, message) -> {
            String name = message.mark();
            if (name != null) {
                names.add(name);
            }
        });
        names.add(stream());
        return names;
    }
}
