package dev.fairlead.benchmarks;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.StateItem;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The item that owners and copies are measured with: its plan, and values of about 200 bytes with their envelope. */
final class Quotes {
    /** A value of the item. */
    record Quote(String symbol, String venue, double bid, double ask, long bidSize, long askSize, long at) {}

    static final StateItem<String, Quote> ITEM = StateItem.of("feed.quote", String.class, Quote.class);

    private static final String OWNER = """
            service: feed
            shares:
              quote:
                kind: state
                key: symbol
                fields: { symbol: string, venue: string, bid: float64, ask: float64, bidSize: int64, askSize: int64, at: int64 }
                durability: D1
            """;
    private static final String READER = """
            service: reader
            needs:
              feed.quote:
                uses: [ symbol, venue, bid, ask, bidSize, askSize, at ]
                within: 10s
                why: to be measured
            """;
    private static final String LANDSCAPE = """
            mechanisms:
              embedded: { data: data, durability: D1 }
            """;

    private static final char[] VENUE = {'X', 'N', 'A', 'S'};

    private Quotes() {}

    static void writePlan(Path folder) throws IOException {
        writePlan(folder, LANDSCAPE);
    }

    static void writePlan(Path folder, String landscape) throws IOException {
        Files.writeString(folder.resolve("feed.yaml"), OWNER);
        Files.writeString(folder.resolve("reader.yaml"), READER);
        Files.writeString(folder.resolve("landscape.yaml"), landscape);
    }

    static Fairlead open(String service, Path plan) {
        return Opening.of(service, plan).items(ITEM).open();
    }

    /** A service on an instance of a mechanism that stays the caller's. */
    static Fairlead open(String service, Path plan, Mechanism mechanism) {
        return Opening.of(service, plan).mechanism(mechanism).items(ITEM).open();
    }

    static List<Quote> batch(int from, int size, int keys) {
        List<Quote> batch = new ArrayList<>(size);
        for (int number = from; number < from + size; number++) {
            batch.add(quote(symbol(number % keys), number));
        }
        return batch;
    }

    static String symbol(long number) {
        return "SYM" + number;
    }

    /** Each value has its own characters, as a decoded one has. */
    static Quote quote(String symbol, long number) {
        double price = 100 + (number % 1000) / 100.0;
        return new Quote(symbol, String.valueOf(VENUE), price, price + 0.01, number % 500, number % 700, number);
    }
}
