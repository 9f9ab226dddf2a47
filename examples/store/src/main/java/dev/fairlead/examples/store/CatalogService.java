package dev.fairlead.examples.store;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The service that owns products and prices, and answers what a product costs at this moment. */
final class CatalogService implements AutoCloseable {
    static final String NAME = "catalog";
    static final String PRODUCT = NAME + ".product";
    static final String PRICE = NAME + ".price";

    /** What is asked for a product. */
    record QuoteQuestion(String sku) {}

    /** What a piece costs now. */
    record Quote(BigDecimal amount) {}

    /** The item {@code catalog.product}. */
    record Description(String sku, String description) {}

    /** The item {@code catalog.price}. */
    record Price(String sku, BigDecimal amount) {}

    static final RequestItem<QuoteQuestion, Quote> QUOTE =
            RequestItem.of(NAME + ".quote", QuoteQuestion.class, Quote.class);
    static final StateItem<String, Description> PRODUCTS = StateItem.of(PRODUCT, String.class, Description.class);
    static final StateItem<String, Price> PRICES = StateItem.of(PRICE, String.class, Price.class);

    private final Fairlead service;
    private final Owner<String, Description> products;
    private final Owner<String, Price> prices;
    private final Map<String, BigDecimal> current = new ConcurrentHashMap<>();

    CatalogService(Services services) {
        this.service = services.open(NAME, PRODUCTS, PRICES, QUOTE);
        this.products = service.own(PRODUCTS);
        this.prices = service.own(PRICES);
        service.answer(QUOTE, (question, asked) -> {
            BigDecimal amount = current.get(question.sku());
            if (amount == null) {
                throw new RequestRefused("unknown-product", "there is no product " + question.sku());
            }
            return new Quote(amount);
        });
    }

    /** Takes products into the range. */
    void list(List<Product> range) {
        products.putAll(range.stream()
                .map(product -> new Description(product.sku(), product.description()))
                .toList());
        prices.putAll(range.stream()
                .map(product -> new Price(product.sku(), product.price()))
                .toList());
        range.forEach(product -> current.put(product.sku(), product.price()));
    }

    Receipt describe(String sku, String description) {
        return products.put(new Description(sku, description));
    }

    /** Gives the product another price, if it is another. */
    synchronized void reprice(String sku, BigDecimal amount) {
        if (!amount.equals(current.put(sku, amount))) {
            prices.put(new Price(sku, amount));
        }
    }

    Owner<String, Description> products() {
        return products;
    }

    Owner<String, Price> prices() {
        return prices;
    }

    @Override
    public void close() {
        service.close();
    }
}
