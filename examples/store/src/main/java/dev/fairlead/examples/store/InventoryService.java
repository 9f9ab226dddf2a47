package dev.fairlead.examples.store;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service that counts what lies on the shelves: items in a sale are taken, and put back when the sale fails. */
final class InventoryService implements AutoCloseable {
    static final String NAME = "inventory";
    static final String STOCK = NAME + ".stock";

    /** The item {@code inventory.stock}. */
    record Stock(String sku, int pieces) {}

    /** The part of a sale that this service may see. */
    sealed interface Movement {
        record ItemAdded(String sku, int quantity) implements Movement {}

        record SaleDone() implements Movement {}

        record SaleFailed(String reason) implements Movement {}
    }

    private static final int INITIAL = 100_000;
    private static final StateItem<String, Stock> ITEM = StateItem.of(STOCK, String.class, Stock.class);
    private static final EventItem<String, Movement> SALE = EventItem.of(Sale.ITEM.id(), String.class, Movement.class);

    private final Fairlead service;
    private final Owner<String, Stock> owner;
    private final Seen seen = new Seen();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Map<String, Integer>> inSale = new HashMap<>();
    private final Group group;

    InventoryService(Services services) {
        this.service = services.open(NAME, ITEM, SALE);
        this.owner = service.own(ITEM);
        this.group = new Group(NAME, "shelves", service.events(SALE).follow("shelves", Handler.projection(this::move)));
        group.rebuild();
    }

    synchronized void fill(List<Product> range) {
        owner.putAll(range.stream()
                .map(product -> new Stock(product.sku(), INITIAL - taken.getOrDefault(product.sku(), 0)))
                .toList());
    }

    private synchronized void move(EventRecord<String, Movement> happened) {
        String saleId = happened.key();
        if (!seen.isNew(saleId, happened.version())) {
            return;
        }
        switch (happened.event()) {
            case Movement.ItemAdded(String sku, int quantity) -> {
                inSale.computeIfAbsent(saleId, none -> new HashMap<>()).merge(sku, quantity, Integer::sum);
                take(sku, quantity);
            }
            case Movement.SaleDone done -> inSale.remove(saleId);
            case Movement.SaleFailed failed -> {
                Map<String, Integer> back = inSale.remove(saleId);
                if (back != null) {
                    back.forEach((sku, quantity) -> take(sku, -quantity));
                }
            }
        }
    }

    private void take(String sku, int quantity) {
        int all = taken.merge(sku, quantity, Integer::sum);
        owner.putAsync(new Stock(sku, INITIAL - all));
    }

    Seen seen() {
        return seen;
    }

    Group group() {
        return group;
    }

    Owner<String, Stock> owner() {
        return owner;
    }

    @Override
    public void close() {
        service.close();
    }
}
