package dev.fairlead.examples.trading;

import static dev.fairlead.examples.demo.ServiceProcess.holds;
import static dev.fairlead.examples.demo.ServiceProcess.owns;

import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.ServiceProcess;
import dev.fairlead.examples.demo.ServiceProcess.Running;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A process that is one service of the landscape. Arguments: folder with the plan and for the data, seed, name of the service. */
final class MarketService {
    static final List<String> ALL =
            List.of(FeedHandler.NAME, Gateway.NAME, OrderEntry.NAME, Portfolio.NAME, Reference.NAME, Risk.NAME);

    /** Asks the feed handler to publish what is traded, until it is asked to rest. */
    static final String TRADE = "trade";

    static final String REST = "rest";

    /** Asks order-entry to buy until its end. */
    static final String BUY = "buy";

    /** Begin what order-entry tells. */
    static final String SENT = "sent";

    static final String REFUSED = "refused";

    private static final Trade OPENING = new Trade(1_700_000_000, new BigDecimal("40000.00"), 1);
    private static final long PAUSE = Duration.ofMillis(5).toNanos();
    private static final int HELD = 20;

    private final long seed;
    private final List<Instrument> instruments;
    private final Services services;
    private final Market market;

    private MarketService(long seed, Services services) {
        this.seed = seed;
        this.instruments = Instruments.of(seed);
        this.services = services;
        this.market = new Market(instruments, seed, OPENING);
    }

    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[1]);
        ServiceProcess.serve(
                Path.of(arguments[0]), (services, parent) -> new MarketService(seed, services).open(arguments[2]));
    }

    private Running open(String name) {
        return switch (name) {
            case FeedHandler.NAME -> feedHandler(new FeedHandler(services));
            case Reference.NAME -> reference(new Reference(services, instruments));
            case OrderEntry.NAME -> orderEntry(new OrderEntry(services));
            case Portfolio.NAME -> {
                List<String> symbols =
                        instruments.stream().limit(HELD).map(Instrument::symbol).toList();
                Portfolio portfolio = new Portfolio(services, symbols);
                yield reader(portfolio, portfolio.follows());
            }
            case Gateway.NAME -> {
                Gateway gateway = new Gateway(services);
                yield reader(gateway, gateway.follows());
            }
            case Risk.NAME -> {
                Risk risk = new Risk(services);
                yield reader(risk, risk.follows());
            }
            default -> throw new IllegalArgumentException("there is no service " + name);
        };
    }

    private Running feedHandler(FeedHandler service) {
        service.start();
        service.publish(market.opening());
        List<Thread> trading = new ArrayList<>();
        return new Running(service, () -> List.of(owns("quote", service.owner())), what -> {
            trading.forEach(Thread::interrupt);
            if (what.equals(TRADE)) {
                trading.add(Thread.ofPlatform().daemon().name("demo trades").start(() -> trade(service)));
            }
        });
    }

    private void trade(FeedHandler service) {
        Random random = new Random(seed);
        BigDecimal price = OPENING.price();
        for (long second = OPENING.second(); !Thread.currentThread().isInterrupted(); second++) {
            price = price.add(BigDecimal.valueOf(random.nextInt(-500, 501), 2)).max(BigDecimal.ONE);
            service.publish(market.trade(new Trade(second, price, random.nextDouble())));
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static Running reference(Reference service) {
        return Running.of(service, () -> List.of(owns("instrument", service.owner())));
    }

    private Running orderEntry(OrderEntry service) {
        return new Running(
                service,
                () -> {
                    List<String> lines = new ArrayList<>(holds(service.follows()));
                    lines.add(SENT + " " + service.sent());
                    lines.add(REFUSED + " " + service.refused());
                    return lines;
                },
                what -> Thread.ofPlatform().daemon().name("demo orders").start(new Orders(service, market)));
    }

    private static Running reader(AutoCloseable service, List<Follows> follows) {
        return Running.of(service, () -> holds(follows));
    }
}
