package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the ledger has booked. Safe for many threads. */
final class Books {
    /**
     * One sale.
     *
     * @param version of its newest event
     * @param items sum of its lines
     * @param ends how often it was done or failed
     * @param done whether it was done
     * @param charged sum of its payments
     * @param payments how many it has, declined ones too
     */
    record Account(long version, BigDecimal items, int ends, boolean done, BigDecimal charged, int payments) {
        private static final Account EMPTY = new Account(0, BigDecimal.ZERO, 0, false, BigDecimal.ZERO, 0);
    }

    private final Seen sales = new Seen();
    private final Seen payments = new Seen();
    private final Map<String, Account> accounts = new HashMap<>();

    /** Books a step of a sale; returns whether it is new. */
    synchronized boolean sale(EventRecord<String, Sale> happened) {
        if (!sales.isNew(happened.key(), happened.version())) {
            return false;
        }
        Account account = accounts.getOrDefault(happened.key(), Account.EMPTY);
        BigDecimal items = happened.event() instanceof Sale.ItemAdded(String sku, int quantity, BigDecimal amount)
                ? account.items().add(amount.multiply(BigDecimal.valueOf(quantity)))
                : account.items();
        boolean isDone = happened.event() instanceof Sale.SaleDone;
        boolean isEnd = isDone || happened.event() instanceof Sale.SaleFailed;
        accounts.put(
                happened.key(),
                new Account(
                        happened.version(),
                        items,
                        account.ends() + (isEnd ? 1 : 0),
                        account.done() || isDone,
                        account.charged(),
                        account.payments()));
        return true;
    }

    synchronized void payment(EventRecord<String, Payment> happened) {
        if (!payments.isNew(happened.key(), happened.version())) {
            return;
        }
        Account account = accounts.getOrDefault(happened.key(), Account.EMPTY);
        BigDecimal charged = happened.event() instanceof Payment.Charged(BigDecimal amount, String receipt)
                ? account.charged().add(amount)
                : account.charged();
        accounts.put(
                happened.key(),
                new Account(
                        account.version(),
                        account.items(),
                        account.ends(),
                        account.done(),
                        charged,
                        account.payments() + 1));
    }

    synchronized Map<String, Account> accounts() {
        return new TreeMap<>(accounts);
    }

    Seen sales() {
        return sales;
    }
}
