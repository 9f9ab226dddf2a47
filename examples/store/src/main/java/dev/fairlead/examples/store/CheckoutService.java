package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.Telling;
import dev.fairlead.examples.demo.Services;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The service that runs the sales. What it knows of a sale it knows from the sale's events: a new instance reads them and goes on.
 */
final class CheckoutService implements AutoCloseable {
    static final String NAME = "checkout";

    /** Asks what a coupon is worth. */
    record CouponQuestion(String code) {}

    /** Nothing when it is not valid. */
    record Coupon(int percent) {}

    /** Begins a sale; a guest has no customer id. */
    record Begin(
            String saleId,
            @Nullable String customerId,
            String country,
            @Nullable String coupon) {}

    /** Puts something into the sale. */
    record AddItem(String saleId, String sku, int quantity) {}

    /** What a piece costs, fixed from now on. */
    record Added(BigDecimal amount, long version) {}

    /** Chooses the shipper and gives the card. */
    record Pay(String saleId, String shipper) {}

    /** What will be charged. */
    record Paying(BigDecimal total, long version) {}

    /** Ends the sale without buying. */
    record GiveUp(String saleId) {}

    /** How many events the sale has now. */
    record Noted(long version) {}

    static final RequestItem<CouponQuestion, Coupon> COUPON = item("coupon", CouponQuestion.class, Coupon.class);
    static final RequestItem<Begin, Noted> BEGIN = item("begin", Begin.class, Noted.class);
    static final RequestItem<AddItem, Added> ADD_ITEM = item("add-item", AddItem.class, Added.class);
    static final RequestItem<Pay, Paying> PAY = item("pay", Pay.class, Paying.class);
    static final RequestItem<GiveUp, Noted> GIVE_UP = item("give-up", GiveUp.class, Noted.class);

    private static final int MOST_TELLS = 3;
    private static final Map<String, Integer> COUPONS = Map.of("SPRING", 10, "WELCOME", 5);

    private final Fairlead service;
    private final Events<String, Sale> sales;
    private final StoreHistory history;
    private final Map<String, OpenSale> open = new ConcurrentHashMap<>();
    private final Group settling;

    CheckoutService(Services services, StoreHistory history) {
        this.history = history;
        this.service = services.open(
                NAME,
                Sale.ITEM,
                Payment.ITEM,
                COUPON,
                BEGIN,
                ADD_ITEM,
                PAY,
                GIVE_UP,
                CatalogService.QUOTE,
                BillingService.CHARGE);
        this.sales = service.events(Sale.ITEM);
        restore();
        chargeAgain();
        this.settling = new Group(
                NAME,
                "settling",
                service.events(Payment.ITEM)
                        .follow("settling", Handler.effect(this::settle), FailurePolicy.usual(), open::remove));
        service.answer(COUPON, (question, asked) -> new Coupon(COUPONS.getOrDefault(question.code(), 0)));
        service.answer(BEGIN, (question, asked) -> begin(question));
        service.answer(ADD_ITEM, (question, asked) -> addItem(question));
        service.answer(PAY, (question, asked) -> pay(question));
        service.answer(GIVE_UP, (question, asked) -> giveUp(question));
    }

    private static <Q, A> RequestItem<Q, A> item(String name, Class<Q> question, Class<A> answer) {
        return RequestItem.of(NAME + "." + name, question, answer);
    }

    private void restore() {
        for (EventRecord<String, Sale> happened : new AllEvents<>(sales).read()) {
            open.computeIfAbsent(happened.key(), id -> new OpenSale()).apply(happened.event(), happened.version());
        }
    }

    /** An instance that ended between a card and its charge may not have told billing. */
    private void chargeAgain() {
        open.forEach((saleId, sale) -> {
            if (sale.stage() == OpenSale.Stage.PAYING) {
                charge(saleId, sale);
            }
        });
    }

    private Noted begin(Begin question) {
        OpenSale sale = new OpenSale();
        return sale.held(() -> {
            if (open.putIfAbsent(question.saleId(), sale) != null) {
                throw new RequestRefused("begun-already", "the sale " + question.saleId() + " has begun already");
            }
            append(question.saleId(), sale, new Sale.SaleBegun(question.customerId(), question.country()));
            String coupon = question.coupon();
            if (coupon != null && COUPONS.containsKey(coupon)) {
                append(question.saleId(), sale, new Sale.CouponApplied(coupon, COUPONS.getOrDefault(coupon, 0)));
            }
            return new Noted(sale.version());
        });
    }

    private Added addItem(AddItem question) {
        BigDecimal amount = service.ask(CatalogService.QUOTE, new CatalogService.QuoteQuestion(question.sku()))
                .amount();
        return collecting(question.saleId(), sale -> {
            append(question.saleId(), sale, new Sale.ItemAdded(question.sku(), question.quantity(), amount));
            history.answering(question.saleId(), sale.version());
            return new Added(amount, sale.version());
        });
    }

    private Paying pay(Pay question) {
        return collecting(question.saleId(), sale -> {
            BigDecimal total = sale.total();
            append(question.saleId(), sale, new Sale.ShipperSelected(question.shipper()));
            append(question.saleId(), sale, new Sale.CardSubmitted(sale.customerId(), total));
            charge(question.saleId(), sale);
            return new Paying(total, sale.version());
        });
    }

    /** Told under the sale's own key, so that telling it again changes nothing; as when a server was killed before it answered. */
    private void charge(String saleId, OpenSale sale) {
        UUID key = UUID.nameUUIDFromBytes(saleId.getBytes(StandardCharsets.UTF_8));
        BillingService.Charge charge = new BillingService.Charge(saleId, sale.customerId(), sale.total());
        for (int attempt = 1; ; attempt++) {
            try {
                service.tell(BillingService.CHARGE, charge, Telling.now().withKey(key));
                return;
            } catch (FairleadException e) {
                if (e.code() != ErrorCode.OUTCOME_UNKNOWN || attempt == MOST_TELLS) {
                    throw e;
                }
            }
        }
    }

    private Noted giveUp(GiveUp question) {
        return collecting(question.saleId(), sale -> {
            append(question.saleId(), sale, new Sale.SaleFailed("given up"));
            return new Noted(sale.version());
        });
    }

    /** Does the work with a sale that is still being collected, and refuses otherwise. */
    private <T> T collecting(String saleId, Function<OpenSale, T> work) {
        OpenSale sale = open.get(saleId);
        if (sale == null) {
            throw new RequestRefused("not-begun", "the sale " + saleId + " has not begun");
        }
        return sale.held(() -> {
            if (sale.stage() != OpenSale.Stage.COLLECTING) {
                throw new RequestRefused("not-collecting", "the sale " + saleId + " is " + sale.stage());
            }
            return work.apply(sale);
        });
    }

    /** A payment that comes again finds its sale settled. */
    private void settle(EventRecord<String, Payment> happened) {
        OpenSale sale = open.get(happened.key());
        if (sale == null) {
            throw new IllegalStateException("a payment for " + happened.key() + ", which has not begun");
        }
        sale.held(() -> {
            if (!sale.isOver()) {
                append(
                        happened.key(),
                        sale,
                        switch (happened.event()) {
                            case Payment.Charged charged ->
                                new Sale.SaleDone(sale.customerId(), sale.shipper(), charged.amount());
                            case Payment.Declined declined -> new Sale.SaleFailed(declined.reason());
                        });
            }
            return sale;
        });
    }

    private void append(String saleId, OpenSale sale, Sale event) {
        long version = sale.version();
        history.sending(saleId, version, event);
        Receipt receipt = sales.append(saleId, event, Expected.version(version));
        history.sent(saleId, version, receipt);
        sale.apply(event, receipt.version());
    }

    Events<String, Sale> sales() {
        return sales;
    }

    Group settling() {
        return settling;
    }

    /** How many sales are at which stage. */
    long count(OpenSale.Stage stage) {
        return open.values().stream().filter(sale -> sale.stage() == stage).count();
    }

    Map<String, OpenSale> all() {
        return open;
    }

    @Override
    public void close() {
        service.close();
    }
}
