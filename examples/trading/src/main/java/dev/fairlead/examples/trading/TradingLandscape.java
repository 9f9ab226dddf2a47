package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Closing;
import dev.fairlead.examples.demo.Faults;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The wiring of the demo: which services there are, on what they run, and in which order they start.
 *
 * <p>All run on the same mechanisms; between them and the portfolio stand some that can lose records. Risk joins when it is told to.
 */
final class TradingLandscape implements AutoCloseable {
    private static final int HELD = 20;

    private final Services services;
    private final Faults lossy;
    private final Market market;
    private final Reference reference;
    private final FeedHandler feedHandler;
    private final OrderEntry orderEntry;
    private final Portfolio portfolio;
    private final Gateway gateway;
    private final List<Follows> follows = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /**
     * Opens all services but risk; each holds the opening quotes once it is live.
     *
     * @param markets gives the market, when it is first needed
     */
    TradingLandscape(
            Path plan, List<Mechanism> mechanisms, Supplier<Market> markets, List<Instrument> instruments, long seed) {
        this.services = new Services(plan, mechanisms, TimeSource.SYSTEM);
        this.lossy = Faults.around(services, seed);
        try {
            this.reference = opened(new Reference(services, instruments));
            this.market = markets.get();
            this.feedHandler = opened(new FeedHandler(services));
            feedHandler.start();
            feedHandler.publish(market.opening());
            this.orderEntry = opened(new OrderEntry(services));
            this.portfolio = opened(new Portfolio(
                    services.on(lossy.mechanisms()),
                    symbols(instruments).limit(HELD).toList()));
            this.gateway = opened(new Gateway(services));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        Stream.of(orderEntry.follows(), portfolio.follows(), gateway.follows()).forEach(follows::addAll);
    }

    private static Stream<String> symbols(List<Instrument> instruments) {
        return instruments.stream().map(Instrument::symbol);
    }

    private <T extends AutoCloseable> T opened(T service) {
        open.push(service);
        return service;
    }

    Risk joinRisk() {
        Risk risk = opened(new Risk(services));
        follows.addAll(risk.follows());
        return risk;
    }

    Market market() {
        return market;
    }

    /** Makes the portfolio lose records. */
    Faults lossy() {
        return lossy;
    }

    Reference reference() {
        return reference;
    }

    FeedHandler feedHandler() {
        return feedHandler;
    }

    OrderEntry orderEntry() {
        return orderEntry;
    }

    Portfolio portfolio() {
        return portfolio;
    }

    Gateway gateway() {
        return gateway;
    }

    /** All copies; grows when risk joins. */
    List<Follows> follows() {
        return follows;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            Closing.quietly(open.pop());
        }
    }
}
