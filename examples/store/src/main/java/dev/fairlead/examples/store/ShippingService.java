package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The service that sends parcels and a mail for each. A mail is an effect: a replay sends none. */
final class ShippingService implements AutoCloseable {
    static final String NAME = "shipping";

    /** The part of a profile that this service may see. */
    record Addressee(String customerId, String name, String country) {}

    /** The part of a sale that this service may see. */
    sealed interface Ready {
        record SaleDone(@Nullable String customerId, String shipper) implements Ready {}
    }

    private static final StateItem<String, Addressee> PROFILE =
            StateItem.of(ProfileService.PROFILE, String.class, Addressee.class);
    private static final EventItem<String, Ready> SALE = EventItem.of(Sale.ITEM.id(), String.class, Ready.class);

    private final Fairlead service;
    private final Copy<String, Addressee> addressees;
    private final OutsideBook mails;
    private final Set<String> mailed = ConcurrentHashMap.newKeySet();
    private final Seen seen = new Seen();
    private final Group group;

    /** @param mails the book of the company that sends mails */
    ShippingService(Services services, OutsideBook mails) {
        this.mails = mails;
        mails.lines().forEach(line -> mailed.add(line.substring(0, line.indexOf(' '))));
        this.service = services.open(NAME, PROFILE, SALE);
        this.addressees = service.copy(PROFILE);
        this.group = new Group(NAME, "parcels", service.events(SALE).follow("parcels", Handler.effect(this::send)));
    }

    private void send(EventRecord<String, Ready> happened) {
        if (happened.event() instanceof Ready.SaleDone(var customerId, String shipper)
                && seen.isNew(happened.key(), happened.version())
                && mailed.add(happened.key())) {
            mails.note(happened.key() + " " + shipper + " for " + name(customerId));
        }
    }

    private String name(@Nullable String customerId) {
        if (customerId == null) {
            return "a guest";
        }
        return switch (addressees.get(customerId)) {
            case Reading.Fresh<Addressee> fresh -> fresh.value().name();
            case Reading.Stale<Addressee> stale -> stale.value().name();
            case Reading.Absent<Addressee> absent -> customerId;
            case Reading.Unready<Addressee> unready ->
                throw new IllegalStateException(
                        "profiles are " + unready.health().state());
        };
    }

    OutsideBook mails() {
        return mails;
    }

    Seen seen() {
        return seen;
    }

    Group group() {
        return group;
    }

    Follows follows() {
        return new Follows(NAME, "profile", addressees);
    }

    @Override
    public void close() {
        service.close();
    }
}
