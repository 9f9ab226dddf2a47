package dev.fairlead.benchmarks;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Digest;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.spi.Mechanism;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** An owner in front of a mechanism on a server, and copies that read it: each with a mechanism of its own, as in two processes. */
final class ServerFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerPlace place;
    private final Scratch scratch;
    private final Mechanism mechanism;
    private final Fairlead feed;
    private final Owner<String, Quotes.Quote> owner;

    /** Begins in a place of its own. */
    ServerFeed(ServerPlace server, Run run) throws Exception {
        this.place = server.another();
        this.scratch = run.scratch();
        Quotes.writePlan(
                scratch.folder(),
                "mechanisms:\n  %s: { url: \"%s\" }\n"
                        .formatted(place.provider().name(), place.url()));
        this.mechanism = place.open();
        this.feed = Quotes.open("feed", scratch.folder(), mechanism);
        this.owner = feed.own(Quotes.ITEM);
    }

    ServerPlace place() {
        return place;
    }

    Receipt putAll(int count, int batch, int keys) {
        Receipt last = null;
        for (int from = 0; from < count; from += batch) {
            last = owner.putAll(Quotes.batch(from, Math.min(batch, count - from), keys))
                    .getLast();
        }
        return Objects.requireNonNull(last);
    }

    Receipt putAsync(int count, int keys) {
        CompletableFuture<Receipt> last = new CompletableFuture<>();
        for (int number = 0; number < count; number++) {
            last = owner.putAsync(Quotes.quote(Quotes.symbol(number % keys), number));
        }
        return last.join();
    }

    /** A copy in a service of its own. */
    Reader reader() {
        return new Reader();
    }

    /** A reading service. */
    final class Reader implements AutoCloseable {
        private final Mechanism carrier = place.open();
        private final Fairlead service = Quotes.open("reader", scratch.folder(), carrier);
        private final Copy<String, Quotes.Quote> copy = service.copy(Quotes.ITEM);

        private Reader() {
            copy.awaitLive(PATIENCE);
        }

        /** Waits until the copy has what the receipt is of. */
        void await(Receipt last) {
            copy.read(last.key(), last, PATIENCE);
        }

        /** Fails unless the copy is what its owner is, wherever their log ends, and has applied at least so many changes. */
        void verify(long applied) {
            Digest held = copy.digest();
            Digest owned = owner.digest();
            if (held.entries() != owned.entries() || held.hash() != owned.hash()) {
                throw new IllegalStateException("the copy has " + held + ", its owner " + owned);
            }
            if (copy.statistics().applied() < applied) {
                throw new IllegalStateException("the copy has not seen every change: " + copy.statistics());
            }
        }

        @Override
        public void close() {
            try (carrier) {
                service.close();
            }
        }
    }

    @Override
    public void close() {
        try (scratch;
                place;
                mechanism) {
            feed.close();
        }
    }
}
