package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A product comes with two descriptions: only the catalog can decide which one holds, and every copy then shows that one. */
final class DescriptionStory implements Story {
    static final String NAME = "oneOwnerOfADescription";

    /** What a copy shows. */
    record Shown(String text, long version) {}

    private final Stage stage;
    private final StoreLandscape landscape;

    DescriptionStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    @Override
    public String sentence() {
        return "One product, two descriptions: the storefront may not write its own; the catalog decides, and all copies follow.";
    }

    @Override
    public DemoResult.Check play() {
        Product product = stage.data().products().getFirst();
        String other = product.description() + " (SET OF 6)";
        ErrorCode refusal = writtenByTheStorefront();
        Receipt receipt = landscape.catalog().describe(product.sku(), other);
        Map<String, Shown> shown = new LinkedHashMap<>();
        shown.put(CartService.NAME, shown(landscape.cart().products(), product.sku(), receipt));
        shown.put(StorefrontService.NAME, shown(landscape.storefront().products(), product.sku(), receipt));
        return judge(product.sku(), refusal, new Shown(other, receipt.version()), shown);
    }

    private @Nullable ErrorCode writtenByTheStorefront() {
        try (Fairlead storefront = landscape.services().open(StorefrontService.NAME, CatalogService.PRODUCTS)) {
            storefront.own(CatalogService.PRODUCTS);
            return null;
        } catch (FairleadException e) {
            return e.code();
        }
    }

    private static Shown shown(Copy<String, CatalogService.Description> copy, String sku, Receipt receipt) {
        return switch (copy.read(sku, receipt, Stage.LONGEST)) {
            case Reading.Fresh<CatalogService.Description>(CatalogService.Description product, Mark mark) ->
                new Shown(product.description(), mark.version());
            case Reading.Stale<CatalogService.Description> stale ->
                new Shown(stale.value().description(), stale.mark().version());
            case Reading.Absent<CatalogService.Description> absent -> new Shown("nothing", 0);
            case Reading.Unready<CatalogService.Description> unready -> new Shown("nothing", 0);
        };
    }

    static DemoResult.Check judge(String sku, @Nullable ErrorCode refusal, Shown decided, Map<String, Shown> shown) {
        boolean agree = !shown.isEmpty() && shown.values().stream().allMatch(decided::equals);
        String detail = Printed.text(
                "%s; product %s has version %d: %s",
                refusal == null
                        ? "the storefront wrote a description"
                        : "the storefront's own was refused with " + refusal,
                sku,
                decided.version(),
                agree ? "all " + shown.size() + " copies show the catalog's" : "the copies show " + shown);
        return new DemoResult.Check(NAME, refusal == ErrorCode.PLAN && agree, detail);
    }
}
