package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What the customers' side and those outside the landscape say of the sales, beside what the followers say.
 *
 * @param acknowledged how many events of each sale checkout has acknowledged
 * @param paying what is to be charged for each sale with a card
 * @param booked the versions of each sale that the ledger has seen, in the order in which it first saw them
 * @param accounts the ledger's books
 * @param others what other followers have seen, by their names
 * @param moved what the card processor has moved
 * @param mails the sales for which a mail was sent
 * @param parked the sales whose charge is set aside as a dead letter
 */
record Audit(
        Map<String, Long> acknowledged,
        Map<String, BigDecimal> paying,
        Map<String, List<Long>> booked,
        Map<String, Books.Account> accounts,
        Map<String, Map<String, List<Long>>> others,
        Map<String, CardProcessor.Moved> moved,
        List<String> mails,
        Set<String> parked) {

    static Audit of(StoreLandscape landscape) {
        return new Audit(
                landscape.receipts().acknowledged(),
                landscape.receipts().paying(),
                landscape.ledger().books().sales().all(),
                landscape.ledger().books().accounts(),
                Map.of(
                        InventoryService.NAME, landscape.inventory().seen().all(),
                        BillingService.NAME, landscape.billing().seen().all(),
                        ShippingService.NAME, landscape.shipping().seen().all()),
                landscape.cards().moved(),
                landscape.shipping().mails(),
                landscape.billing().dead().keySet());
    }

    List<DemoResult.Check> judge() {
        return List.of(nothingLost(), nothingTwice(), orderKept(), salesAddUp());
    }

    /** Every event that a customer was told of is in the books, and every sale that is done was charged and mailed. */
    DemoResult.Check nothingLost() {
        List<String> faults = new ArrayList<>();
        long events = 0;
        for (Map.Entry<String, Long> sale : acknowledged.entrySet()) {
            events += sale.getValue();
            Set<Long> seen = new HashSet<>(booked.getOrDefault(sale.getKey(), List.of()));
            LongStream.rangeClosed(1, sale.getValue())
                    .filter(version -> !seen.contains(version))
                    .forEach(version -> faults.add("event " + version + " of " + sale.getKey() + " is not booked"));
        }
        accounts.forEach((sale, account) -> {
            if (account.done() && !moved.containsKey(sale)) {
                faults.add(sale + " is done and was not charged");
            }
            if (account.done() && !mails.contains(sale)) {
                faults.add(sale + " is done and no mail was sent");
            }
        });
        return check(
                "nothingLost", faults, acknowledged.size(), "%,d acknowledged events of %,d sales are booked", events);
    }

    /** No sale was charged, mailed or ended twice. */
    DemoResult.Check nothingTwice() {
        List<String> faults = new ArrayList<>();
        moved.forEach((sale, money) -> {
            if (money.times() != 1) {
                faults.add(sale + " was charged " + money.times() + " times");
            }
            Books.Account account = accounts.get(sale);
            if (account == null || account.charged().compareTo(money.amount()) != 0) {
                faults.add(sale + ": " + money.amount() + " moved, " + (account == null ? "nothing" : account.charged())
                        + " booked");
            }
            BigDecimal told = paying.get(sale);
            if (told != null && told.compareTo(money.amount()) != 0) {
                faults.add(sale + ": " + money.amount() + " moved, the customer was told " + told);
            }
        });
        accounts.forEach((sale, account) -> {
            if (account.ends() > 1 || account.payments() > 1) {
                faults.add(sale + " ended " + account.ends() + " times with " + account.payments() + " payments");
            }
        });
        Set<String> mailed = new HashSet<>();
        mails.stream().filter(sale -> !mailed.add(sale)).forEach(sale -> faults.add(sale + " got two mails"));
        return check(
                "nothingTwice",
                faults,
                moved.size(),
                "%,d charges of %,d sales, each once, as booked and as told",
                moved.size());
    }

    /** Whoever follows saw the events of each sale in the order in which they happened. */
    DemoResult.Check orderKept() {
        List<String> faults = new ArrayList<>();
        long events = 0;
        for (Map.Entry<String, List<Long>> sale : booked.entrySet()) {
            events += sale.getValue().size();
            disorder("ledger", sale, 1, faults);
        }
        for (Map.Entry<String, Map<String, List<Long>>> follower : others.entrySet()) {
            for (Map.Entry<String, List<Long>> sale : follower.getValue().entrySet()) {
                events += sale.getValue().size();
                disorder(follower.getKey(), sale, Long.MAX_VALUE, faults);
            }
        }
        return check(
                "orderKept", faults, booked.size(), "%,d events in the order of %,d sales, at four followers", events);
    }

    private static void disorder(
            String follower, Map.Entry<String, List<Long>> sale, long longestStep, List<String> faults) {
        long last = 0;
        for (long version : sale.getValue()) {
            if (version <= last || version - last > longestStep) {
                faults.add(follower + " saw event " + version + " of " + sale.getKey() + " after " + last);
                return;
            }
            last = version;
        }
    }

    /** Sales begun = done + failed + parked. */
    DemoResult.Check salesAddUp() {
        long begun = accounts.size();
        long done = accounts.values().stream().filter(Books.Account::done).count();
        long failed = accounts.values().stream()
                .filter(account -> account.ends() > 0 && !account.done())
                .count();
        long set = accounts.keySet().stream().filter(parked::contains).count();
        List<String> faults = new ArrayList<>();
        if (begun != done + failed + set) {
            faults.add(Printed.text("%,d begun, but %,d done + %,d failed + %,d parked", begun, done, failed, set));
        }
        accounts.keySet().stream()
                .filter(sale -> !acknowledged.containsKey(sale))
                .forEach(sale -> faults.add(sale + " is booked, and no customer began it"));
        String detail = faults.isEmpty()
                ? Printed.text("%,d begun = %,d done + %,d failed + %,d parked", begun, done, failed, set)
                : String.join("; ", faults);
        return new DemoResult.Check("salesAddUp", faults.isEmpty() && done > 0, detail);
    }

    private static DemoResult.Check check(String name, List<String> faults, long sales, String fine, long count) {
        boolean passed = faults.isEmpty() && sales > 0;
        String detail = faults.isEmpty()
                ? Printed.text(fine, count, sales)
                : faults.size() + " faults: " + String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(name, passed, detail);
    }
}
