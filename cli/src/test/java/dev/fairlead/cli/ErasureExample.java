package dev.fairlead.cli;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The code that docs/erasure.md shows; {@link ErasurePageTest} holds the two together and runs it. */
final class ErasureExample {
    private ErasureExample() {}

    record Profile(String customerId, String name) {}

    sealed interface Sale {}

    record Charge(String customerId, String card) {}

    record Bought(String sku, String shipTo) implements Sale {}

    // retiring begins
    static Receipt withdraw(Owner<String, Profile> profiles, Profile last) {
        return profiles.retire(last);
    }

    static boolean mayOrder(Copy<String, Profile> profiles, String customer) {
        return profiles.read(customer) instanceof Reading.Fresh<Profile>(Profile profile, Mark mark) && !mark.retired();
    }
    // retiring ends

    // erasing begins
    static List<String> forget(Owner<String, Profile> profiles, Events<String, Sale> sales, String customer) {
        Erasure profile = profiles.erase(customer);
        Erasure bought = sales.erase(customer);
        return Stream.of(profile, bought)
                .flatMap(erasure -> erasure.missing().stream())
                .toList();
    }
    // erasing ends

    // following begins
    static Following<String, Sale> invoice(Events<String, Sale> sales, Map<String, String> ledger) {
        return sales.follow(
                "invoices",
                Handler.effect(bought -> ledger.merge(bought.key(), "1 sale", (one, more) -> "more sales")),
                FailurePolicy.usual(),
                customer -> ledger.computeIfPresent(customer, (key, known) -> "sales to somebody"));
    }
    // following ends

    // told begins
    static long forgetCards(Handling<Charge> charging, String customer) {
        return charging.erase(customer);
    }
    // told ends
}
