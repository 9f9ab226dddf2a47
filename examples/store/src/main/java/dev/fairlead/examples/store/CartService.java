package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.util.List;

/** The service in which customers collect what they buy. It keeps an account of all that checkout has acknowledged to it. */
final class CartService implements AutoCloseable {
    static final String NAME = "cart";

    private static final StateItem<String, InventoryService.Stock> STOCK =
            StateItem.of(InventoryService.STOCK, String.class, InventoryService.Stock.class);

    private final Fairlead service;
    private final Copy<String, CatalogService.Description> products;
    private final Copy<String, CatalogService.Price> prices;
    private final Copy<String, InventoryService.Stock> stock;
    private final Receipts receipts;
    private final StoreHistory history;

    CartService(Services services, Receipts receipts, StoreHistory history) {
        this.receipts = receipts;
        this.history = history;
        this.service = services.open(
                NAME,
                CatalogService.PRODUCTS,
                CatalogService.PRICES,
                STOCK,
                CheckoutService.COUPON,
                CheckoutService.BEGIN,
                CheckoutService.ADD_ITEM,
                CheckoutService.PAY,
                CheckoutService.GIVE_UP);
        this.products = service.copy(CatalogService.PRODUCTS);
        this.prices = service.copy(CatalogService.PRICES);
        this.stock = service.copy(STOCK);
    }

    /** A customer buys, or gives up before paying. */
    void buy(Order order) {
        collect(order);
        if (order.givenUp()) {
            giveUp(order.saleId());
        } else {
            pay(order.saleId(), order.shipper());
        }
    }

    /** Fills the cart, and stops before paying. */
    void collect(Order order) {
        begin(order);
        order.items().forEach(item -> add(order.saleId(), item));
    }

    private void begin(Order order) {
        String coupon = order.coupon();
        boolean isWorthIt = coupon != null
                && service.ask(CheckoutService.COUPON, new CheckoutService.CouponQuestion(coupon))
                                .percent()
                        > 0;
        receipts.beginning(order.saleId());
        CheckoutService.Noted noted = service.ask(
                CheckoutService.BEGIN,
                new CheckoutService.Begin(
                        order.saleId(), order.customer(), order.country(), isWorthIt ? coupon : null));
        receipts.acknowledged(order.saleId(), noted.version());
    }

    private void add(String saleId, Order.Item item) {
        long version = receipts.acknowledged(saleId);
        history.asking(saleId, version);
        try {
            CheckoutService.Added added = service.ask(
                    CheckoutService.ADD_ITEM, new CheckoutService.AddItem(saleId, item.sku(), item.quantity()));
            history.answered(saleId, version, added);
            receipts.acknowledged(saleId, added.version());
        } catch (FairleadException e) {
            history.unanswered(saleId, version);
            throw e;
        }
    }

    void pay(String saleId, String shipper) {
        CheckoutService.Paying paying = service.ask(CheckoutService.PAY, new CheckoutService.Pay(saleId, shipper));
        receipts.acknowledged(saleId, paying.version());
        receipts.paying(saleId, paying.total());
    }

    void giveUp(String saleId) {
        receipts.acknowledged(
                saleId,
                service.ask(CheckoutService.GIVE_UP, new CheckoutService.GiveUp(saleId))
                        .version());
    }

    Copy<String, CatalogService.Description> products() {
        return products;
    }

    List<Follows> follows() {
        return List.of(
                new Follows(NAME, "product", products),
                new Follows(NAME, "price", prices),
                new Follows(NAME, "stock", stock));
    }

    @Override
    public void close() {
        service.close();
    }
}
