package dev.fairlead.examples.store;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.DeadTell;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The service that charges cards and writes invoices. It charges nobody of whom it has only an old profile. */
final class BillingService implements AutoCloseable {
    static final String NAME = "billing";

    /** The part of a profile that this service may see. */
    record Debtor(String customerId, String name, String country) {}

    /** The part of a sale that this service may see. */
    sealed interface Bill {
        record ItemAdded(int quantity) implements Bill {}

        record SaleDone(@Nullable String customerId, BigDecimal amount) implements Bill {}
    }

    /** Tells that a card is to be charged. */
    record Charge(String saleId, @Nullable String customerId, BigDecimal amount) {}

    /** Asks for an invoice. */
    record InvoiceQuestion(String saleId) {}

    /** An invoice, which never changes. */
    record InvoicePaper(String name, int lines, BigDecimal amount) {}

    static final TellItem<Charge> CHARGE = TellItem.of(NAME + ".charge", Charge.class);
    static final RequestItem<InvoiceQuestion, InvoicePaper> INVOICE =
            RequestItem.of(NAME + ".invoice", InvoiceQuestion.class, InvoicePaper.class);

    private static final StateItem<String, Debtor> PROFILE =
            StateItem.of(ProfileService.PROFILE, String.class, Debtor.class);
    private static final EventItem<String, Bill> SALE = EventItem.of(Sale.ITEM.id(), String.class, Bill.class);
    private static final FailurePolicy CHARGING =
            new FailurePolicy(8, Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(60));

    private final Fairlead service;
    private final Copy<String, Debtor> debtors;
    private final CardProcessor cards;
    private final Events<String, Payment> payments;
    private final Charges charges;
    private final Seen seen = new Seen();
    private final Map<String, Integer> lines = new ConcurrentHashMap<>();
    private final Map<String, InvoicePaper> invoices = new ConcurrentHashMap<>();
    private final Map<String, Duration> refused = new ConcurrentHashMap<>();
    private final Handling<Charge> charging;
    private final Group invoicing;

    /** @param folder of its database */
    BillingService(Services services, CardProcessor cards, Path folder, StoreHistory history) {
        this.cards = cards;
        this.service = services.open(NAME, PROFILE, SALE, Payment.ITEM, CHARGE, INVOICE);
        this.debtors = service.copy(PROFILE);
        debtors.listen(change -> {
            if (change instanceof Change.Updated<String, Debtor>(String id, Debtor debtor, Mark mark, long conflated)) {
                history.watched(id, debtor.name(), mark);
            }
        });
        this.payments = service.events(Payment.ITEM);
        this.charges = Charges.open(folder, payments);
        this.charging = service.handle(CHARGE, (charge, told) -> charge(charge), CHARGING);
        Events<String, Bill> sales = service.events(SALE);
        this.invoicing = new Group(
                NAME,
                "invoicing",
                sales.follow("invoicing", Handler.projection(this::bill), FailurePolicy.usual(), this::shred));
        invoicing.rebuild();
        service.answer(INVOICE, (question, asked) -> {
            InvoicePaper invoice = invoices.get(question.saleId());
            if (invoice == null) {
                throw new RequestRefused("no-invoice", "there is no invoice for " + question.saleId());
            }
            return invoice;
        });
    }

    /** The same charge can come again, also after the money has moved: the processor knows its reference, and the table its sale. */
    private void charge(Charge charge) throws IOException, SQLException {
        if (charges.isSettled(charge.saleId())) {
            return;
        }
        String customerId = charge.customerId();
        if (customerId != null) {
            known(charge.saleId(), customerId);
        }
        BigDecimal amount = charge.amount();
        charges.save(
                charge.saleId(),
                amount,
                switch (cards.charge(charge.saleId(), amount)) {
                    case CardProcessor.Outcome.Accepted(String receipt) -> new Payment.Charged(amount, receipt);
                    case CardProcessor.Outcome.Refused(String reason) -> new Payment.Declined(reason);
                });
    }

    /** Fails when the profile is older than the plan allows. */
    private Debtor known(String saleId, String customerId) {
        try {
            return switch (debtors.get(customerId)) {
                case Reading.Fresh<Debtor> fresh -> fresh.value();
                case Reading.Stale<Debtor> stale ->
                    throw new IllegalStateException("the plan refuses stale profiles, and one was served");
                case Reading.Absent<Debtor> absent ->
                    throw new IllegalStateException("there is no customer " + customerId);
                case Reading.Unready<Debtor> unready ->
                    throw new IllegalStateException(
                            "profiles are " + unready.health().state());
            };
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.STALE) {
                refused.put(saleId, debtors.health().age());
            }
            throw e;
        }
    }

    private void bill(EventRecord<String, Bill> happened) {
        if (!seen.isNew(happened.key(), happened.version())) {
            return;
        }
        switch (happened.event()) {
            case Bill.ItemAdded item -> lines.merge(happened.key(), 1, Integer::sum);
            case Bill.SaleDone(var customerId, BigDecimal amount) ->
                invoices.put(
                        happened.key(),
                        new InvoicePaper(
                                customerId == null ? "a guest" : name(customerId),
                                lines.getOrDefault(happened.key(), 0),
                                amount));
        }
    }

    private void shred(String saleId) {
        lines.remove(saleId);
        invoices.remove(saleId);
    }

    /** Erases what is known here of a sale, beside the amount that was charged. */
    void forget(String saleId) {
        payments.erase(saleId);
        charging.erase(saleId);
    }

    Events<String, Payment> payments() {
        return payments;
    }

    /** An invoice shows the name of the day on which it is written. */
    private String name(String customerId) {
        return switch (debtors.read(customerId)) {
            case Reading.Fresh<Debtor> fresh -> fresh.value().name();
            case Reading.Stale<Debtor> stale -> stale.value().name();
            case Reading.Absent<Debtor> absent -> customerId;
            case Reading.Unready<Debtor> unready ->
                throw new IllegalStateException(
                        "profiles are " + unready.health().state());
        };
    }

    /** Notes what the copy holds. */
    void noteHeld(StoreHistory history) {
        for (String id : debtors.snapshot().values().keySet()) {
            if (debtors.read(id) instanceof Reading.Fresh<Debtor>(Debtor debtor, Mark mark)) {
                history.holds(id, debtor.name(), mark);
            }
        }
    }

    /** The profile of a customer, with its age. */
    Reading<Debtor> debtor(String customerId) {
        return debtors.read(customerId);
    }

    /** The sales of which a charge was refused because the profile was too old, each with the age. */
    Map<String, Duration> refused() {
        return Map.copyOf(refused);
    }

    Charges charges() {
        return charges;
    }

    /** The sales whose charge is a dead letter, each with the number of the letter. */
    Map<String, Long> dead() {
        Map<String, Long> dead = new TreeMap<>();
        for (DeadTell letter : charging.deadLetters(-1, 1000)) {
            dead.put(charging.inspect(letter.number()).saleId(), letter.number());
        }
        return dead;
    }

    /** Lets the dead letter of a sale be handled again. */
    void chargeAgain(String saleId) {
        Long number = dead().get(saleId);
        if (number != null) {
            charging.redrive(number);
        }
    }

    Seen seen() {
        return seen;
    }

    Group invoicing() {
        return invoicing;
    }

    Follows follows() {
        return new Follows(NAME, "profile", debtors);
    }

    @Override
    public void close() {
        service.close();
        charges.close();
    }
}
