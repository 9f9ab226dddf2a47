package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.util.List;

/** The service that shows products and what is left of them, and invoices to those who paid them. */
final class StorefrontService implements AutoCloseable {
    static final String NAME = "storefront";

    private static final StateItem<String, InventoryService.Stock> STOCK =
            StateItem.of(InventoryService.STOCK, String.class, InventoryService.Stock.class);

    private final Fairlead service;
    private final Copy<String, CatalogService.Description> products;
    private final Copy<String, InventoryService.Stock> stock;

    StorefrontService(Services services) {
        this.service = services.open(NAME, CatalogService.PRODUCTS, STOCK, BillingService.INVOICE);
        this.products = service.copy(CatalogService.PRODUCTS);
        this.stock = service.copy(STOCK);
    }

    /** The invoice of a sale, from billing. */
    BillingService.InvoicePaper invoice(String saleId) {
        return service.ask(BillingService.INVOICE, new BillingService.InvoiceQuestion(saleId));
    }

    Copy<String, CatalogService.Description> products() {
        return products;
    }

    List<Follows> follows() {
        return List.of(new Follows(NAME, "product", products), new Follows(NAME, "stock", stock));
    }

    @Override
    public void close() {
        service.close();
    }
}
