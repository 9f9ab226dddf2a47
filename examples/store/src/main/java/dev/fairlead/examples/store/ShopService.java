package dev.fairlead.examples.store;

import static dev.fairlead.examples.demo.ServiceProcess.holds;
import static dev.fairlead.examples.demo.ServiceProcess.owns;

import dev.fairlead.examples.demo.ParentProcess;
import dev.fairlead.examples.demo.ServiceProcess;
import dev.fairlead.examples.demo.ServiceProcess.Running;
import dev.fairlead.examples.demo.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process that is one service of the shop. Arguments: folder with the plan and for the data, seed, name of the service. */
final class ShopService {
    static final List<String> ALL = List.of(
            AuthService.NAME,
            BillingService.NAME,
            CartService.NAME,
            CatalogService.NAME,
            CheckoutService.NAME,
            InventoryService.NAME,
            LedgerService.NAME,
            ProfileService.NAME,
            ShippingService.NAME,
            StorefrontService.NAME);

    /** Asks the cart to sell. */
    static final String SELL = "sell";

    /** Begin what is told of sales and groups. */
    static final String SELLING = "selling";

    static final String PAYING = "paying";
    static final String DEAD = "dead";
    static final String BEHIND = "behind";

    private static final System.Logger LOG = System.getLogger(ShopService.class.getName());

    private final Path folder;
    private final long seed;
    private final RetailData data;
    private final Services services;
    private final ParentProcess parent;
    private final StoreHistory history;

    private ShopService(Path folder, long seed, Services services, ParentProcess parent, StoreHistory history) {
        this.folder = folder;
        this.seed = seed;
        this.data = Sellers.data(seed);
        this.services = services;
        this.parent = parent;
        this.history = history;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        String name = arguments[2];
        try (StoreHistory history = StoreHistory.create(
                folder.resolve("history-" + ProcessHandle.current().pid()))) {
            ServiceProcess.serve(
                    folder, (services, parent) -> new ShopService(folder, seed, services, parent, history).open(name));
        }
    }

    private Running open(String name) {
        return switch (name) {
            case ProfileService.NAME -> profile(new ProfileService(services, history));
            case CatalogService.NAME -> catalog(new CatalogService(services));
            case InventoryService.NAME -> inventory(new InventoryService(services));
            case AuthService.NAME -> auth(new AuthService(services));
            case CheckoutService.NAME -> checkout(new CheckoutService(services, history));
            case BillingService.NAME ->
                billing(new BillingService(
                        services, new CardProcessor(seed, folder.resolve("charges"), sale -> {}), folder, history));
            case ShippingService.NAME -> shipping(new ShippingService(services, folder));
            case LedgerService.NAME -> ledger(new LedgerService(services, history));
            case CartService.NAME -> cart(new CartService(services, new Receipts(parent::tell), history));
            case StorefrontService.NAME -> storefront(new StorefrontService(services));
            default -> throw new IllegalArgumentException("there is no service " + name);
        };
    }

    private Running profile(ProfileService service) {
        service.welcome(data.customers());
        return Running.of(service, () -> List.of(owns("profile", service.owner())));
    }

    private Running catalog(CatalogService service) {
        service.list(data.products());
        return Running.of(service, () -> List.of(owns("product", service.products()), owns("price", service.prices())));
    }

    private Running inventory(InventoryService service) {
        service.fill(data.products());
        return Running.of(service, () -> lines(List.of(owns("stock", service.owner())), behind(service.group())));
    }

    private static Running auth(AuthService service) {
        return Running.of(service, () -> holds(List.of(service.follows())));
    }

    private static Running checkout(CheckoutService service) {
        return Running.of(service, () -> lines(paying(service.all()), behind(service.settling())));
    }

    private static List<String> paying(Map<String, OpenSale> sales) {
        return sales.entrySet().stream()
                .filter(sale -> sale.getValue().stage() == OpenSale.Stage.PAYING)
                .map(sale -> PAYING + " " + sale.getKey())
                .toList();
    }

    private static Running billing(BillingService service) {
        return Running.of(
                service,
                () -> lines(
                        holds(List.of(service.follows())),
                        service.dead().keySet().stream()
                                .map(sale -> DEAD + " " + sale)
                                .toList(),
                        behind(service.invoicing())));
    }

    private static Running shipping(ShippingService service) {
        return Running.of(service, () -> lines(holds(List.of(service.follows())), behind(service.group())));
    }

    private static Running ledger(LedgerService service) {
        return Running.of(service, () -> behind(service.selling(), service.paying()));
    }

    private static Running storefront(StorefrontService service) {
        return Running.of(service, () -> holds(service.follows()));
    }

    private Running cart(CartService service) {
        List<Thread> selling = new ArrayList<>();
        return new Running(
                service,
                () -> lines(
                        holds(service.follows()),
                        selling.stream()
                                .filter(Thread::isAlive)
                                .map(thread -> SELLING + " " + thread.getName())
                                .toList()),
                what -> selling.add(
                        Thread.ofPlatform().daemon().name("demo " + what).start(() -> sell(service))));
    }

    private void sell(CartService service) {
        try {
            new Sellers(service, data).sell(0, Sellers.SALES);
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the cart cannot go on", e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static List<String> behind(Group... groups) {
        return Stream.of(groups)
                .filter(group -> !group.isDone())
                .map(group -> BEHIND + " " + group)
                .toList();
    }

    @SafeVarargs
    private static List<String> lines(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
