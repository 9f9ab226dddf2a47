package dev.fairlead.examples.store;

import dev.fairlead.api.Owner;
import dev.fairlead.examples.demo.Closing;
import dev.fairlead.examples.demo.Faults;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.Capability;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The wiring of the demo: which services there are, on what they run, and in which order they start. */
final class StoreLandscape implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Services services;
    private final CardProcessor cards;
    private final StoreHistory history;
    private final Receipts receipts;
    private final Faults lossy;
    private final ProfileService profile;
    private final CatalogService catalog;
    private final InventoryService inventory;
    private final AuthService auth;
    private final CheckoutService checkout;
    private final BillingService billing;
    private final ShippingService shipping;
    private final LedgerService ledger;
    private final CartService cart;
    private final StorefrontService storefront;

    /**
     * Opens all ten services.
     *
     * @param folder of the services' databases and the history
     * @param cards who charges cards
     * @param receipts what the customers' side is told
     */
    StoreLandscape(Services services, Path folder, CardProcessor cards, Receipts receipts) {
        this.services = services;
        this.cards = cards;
        this.receipts = receipts;
        this.lossy = Faults.around(services, 1);
        try {
            this.history = opened(StoreHistory.create(
                    folder.resolve("history-" + ProcessHandle.current().pid())));
            if (!services.carrier(Sale.ITEM.id()).capabilities().contains(Capability.DENSE_OFFSETS)) {
                history.positionsHaveHoles();
            }
            this.profile = opened(new ProfileService(services, history));
            this.catalog = opened(new CatalogService(services));
            this.inventory = opened(new InventoryService(services));
            this.auth = opened(new AuthService(services));
            this.checkout = opened(new CheckoutService(services, history));
            this.billing = opened(new BillingService(services.on(lossy.mechanisms()), cards, folder, history));
            this.shipping = opened(new ShippingService(services, folder));
            this.ledger = opened(new LedgerService(services, history));
            this.cart = opened(new CartService(services, receipts, history));
            this.storefront = opened(new StorefrontService(services));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T service) {
        open.push(service);
        return service;
    }

    /** Fills the shop: customers, products, prices, shelves. */
    void fill(RetailData data) {
        profile.welcome(data.customers());
        catalog.list(data.products());
        inventory.fill(data.products());
    }

    Services services() {
        return services;
    }

    CardProcessor cards() {
        return cards;
    }

    StoreHistory history() {
        return history;
    }

    /** Can keep billing from publishing. */
    Faults lossy() {
        return lossy;
    }

    Receipts receipts() {
        return receipts;
    }

    ProfileService profile() {
        return profile;
    }

    CatalogService catalog() {
        return catalog;
    }

    InventoryService inventory() {
        return inventory;
    }

    AuthService auth() {
        return auth;
    }

    CheckoutService checkout() {
        return checkout;
    }

    BillingService billing() {
        return billing;
    }

    ShippingService shipping() {
        return shipping;
    }

    LedgerService ledger() {
        return ledger;
    }

    CartService cart() {
        return cart;
    }

    StorefrontService storefront() {
        return storefront;
    }

    /** All copies. */
    List<Follows> follows() {
        return Stream.of(
                        List.of(auth.follows(), billing.follows(), shipping.follows()),
                        cart.follows(),
                        storefront.follows())
                .flatMap(List::stream)
                .toList();
    }

    /** The owner of an item that copies follow. */
    Owner<?, ?> owner(String item) {
        return switch (item) {
            case "profile" -> profile.owner();
            case "product" -> catalog.products();
            case "price" -> catalog.prices();
            default -> inventory.owner();
        };
    }

    /** All groups. */
    List<Group> groups() {
        return List.of(
                checkout.settling(),
                billing.invoicing(),
                inventory.group(),
                shipping.group(),
                ledger.selling(),
                ledger.paying());
    }

    /** Whether nothing is on its way: every card has an answer or is a dead letter, and every group is at the end of its log. */
    boolean isQuiet() {
        return payingAndAlive().isEmpty() && groups().stream().allMatch(Group::isDone);
    }

    /** What is on its way, for those who wonder why it is not quiet. */
    List<String> underWay() {
        List<String> reasons = new ArrayList<>();
        payingAndAlive().forEach(sale -> reasons.add(sale + " is being paid"));
        groups().stream()
                .filter(group -> !group.isDone())
                .forEach(group ->
                        reasons.add(group + " is at " + group.following().status()));
        return reasons;
    }

    private List<String> payingAndAlive() {
        Set<String> dead = billing.dead().keySet();
        return checkout.all().entrySet().stream()
                .filter(sale -> sale.getValue().stage() == OpenSale.Stage.PAYING)
                .map(Map.Entry::getKey)
                .filter(sale -> !dead.contains(sale))
                .toList();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            Closing.quietly(open.pop());
        }
    }
}
