package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import dev.fairlead.api.FairleadException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The names of all streams and queues with the prefix, because no protocol of 3.10 lists them. Safe for many threads. */
final class Catalog {
    private static final int PIECES = 4;

    private final Streams streams;
    private final Set<String> noted = new LinkedHashSet<>();

    Catalog(Streams streams) {
        this.streams = streams;
    }

    private String stream() {
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
        long deadline = System.nanoTime() + streams.settings().timeout().toNanos();
        StreamConnection connection = streams.connection(null);
        Names names = new Names(connection);
        names.subscription = connection.subscribe(stream(), OffsetSpecification.first(), PIECES, names);
        byte mark = connection.subscribe(stream(), OffsetSpecification.last(), 1, names.last);
        try {
            Set<String> all = Answers.await("a look at the names in " + stream(), names.all, deadline);
            all.add(stream());
            return all;
        } finally {
            connection.unsubscribe(mark);
            connection.unsubscribe(names.subscription);
        }
    }

    /** Reads until what was the last piece when it began. Both listeners are called on one thread. */
    private static final class Names implements StreamListener {
        private final StreamConnection connection;
        private final Set<String> found = new LinkedHashSet<>();
        private final CompletableFuture<Set<String>> all = new CompletableFuture<>();
        private final Last last = new Last();
        private volatile byte subscription;
        private long reached;
        private long end = Long.MAX_VALUE;

        private Names(StreamConnection connection) {
            this.connection = connection;
        }

        @Override
        public void chunk(long first, long count) {
            connection.credit(subscription);
        }

        @Override
        public void message(long offset, Message message) {
            String name = Records.mark(message);
            if (name != null) {
                found.add(name);
            }
            reached = offset + 1;
            look();
        }

        private void look() {
            if (reached >= end) {
                all.complete(found);
            }
        }

        @Override
        public void lost(FairleadException why) {
            all.completeExceptionally(why);
        }

        private final class Last implements StreamListener {
            @Override
            public void chunk(long first, long count) {
                end = first + count;
                look();
            }

            @Override
            public void lost(FairleadException why) {
                all.completeExceptionally(why);
            }
        }
    }
}
