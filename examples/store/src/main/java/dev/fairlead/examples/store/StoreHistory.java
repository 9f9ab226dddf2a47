package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Following;
import dev.fairlead.api.Mark;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Receipt;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Verdict;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down, for the history checker, what checkout appends and the ledger does with it, what profile writes and billing's copy gets
 * of it, and what the cart asks and checkout answers. Safe for many threads.
 *
 * <p>A group handles several keys at once, so that only the order within a key is promised: as a reader, the ledger begins a session of
 * its own with each event. The checker knows the checksum that each record must have; what is not as it was sent gets another.
 */
final class StoreHistory implements AutoCloseable {
    private static final int SALES = 1;
    private static final int PROFILES = 2;
    private static final int QUESTIONS = 3;
    private static final int OWNER = 1;
    private static final int LEDGER = 2;
    private static final int BILLING = 3;
    private static final int CART = 4;
    private static final int GROUP = 1;
    private static final int FIRST_BATCH = 1;

    private final Path file;
    private final HistoryRecorder recorder;
    private final Map<String, Long> keys = new ConcurrentHashMap<>();
    private final Map<Named, Sale> events = new ConcurrentHashMap<>();
    private final Map<Long, Named> places = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();

    private record Named(String key, long sequence) {}

    private StoreHistory(Path file) {
        this.file = file;
        this.recorder = HistoryRecorder.create(file);
    }

    static StoreHistory create(Path file) {
        StoreHistory history = new StoreHistory(file);
        history.note(SALES, LEDGER, GROUP, Type.OK, Function.ASSIGN, "", 0, 0, 1, true);
        return history;
    }

    /** Positions of the sales' log may belong to no record. */
    void positionsHaveHoles() {
        note(SALES, LEDGER, GROUP, Type.OK, Function.HOLES, "", 0, 0, 0, true);
    }

    /** An event is about to be appended to a sale that has so many. */
    void sending(String saleId, long version, Sale event) {
        events.put(new Named(saleId, version), event);
        note(SALES, OWNER, 0, Type.INVOKE, Function.SEND, saleId, version, -1, 1, true);
    }

    /** It was appended. */
    void sent(String saleId, long version, Receipt receipt) {
        long position = receipt.position().offset();
        places.put(position, new Named(saleId, version));
        note(SALES, OWNER, 0, Type.OK, Function.SEND, saleId, version, position, 1, true);
    }

    /** The ledger has booked an event. */
    void booked(EventRecord<String, Sale> happened) {
        long sequence = happened.version() - 1;
        long position = happened.position().offset();
        boolean isThat = happened.event().equals(events.get(new Named(happened.key(), sequence)));
        long session = sessions.incrementAndGet();
        note(SALES, LEDGER, 0, Type.OK, Function.DELIVER, happened.key(), sequence, position, session, isThat);
        note(SALES, LEDGER, GROUP, Type.OK, Function.EFFECT, happened.key(), sequence, position, 1, isThat);
    }

    /** What the ledger has parked now. */
    void parked(Following<String, ?> following) {
        aside(following, Type.INVOKE);
    }

    private void aside(Following<String, ?> following, Type when) {
        for (ParkedKey key : following.parked()) {
            for (ParkedEvent event : key.events()) {
                long position = event.position().offset();
                Named named = Objects.requireNonNull(places.get(position), "a parked event that nobody appended");
                note(SALES, LEDGER, GROUP, when, Function.PARK, named.key(), named.sequence(), position, 1, true);
            }
        }
    }

    /** All profiles are about to be written, as one batch. */
    void welcoming(List<String> customers) {
        customers.forEach(id -> note(PROFILES, OWNER, FIRST_BATCH, Type.INVOKE, Function.SEND, id, 1, -1, 1, true));
    }

    void welcomed(List<Receipt> receipts) {
        receipts.forEach(receipt -> wrote(receipt, FIRST_BATCH));
    }

    /** A profile is about to be written, and will have this version. */
    void renaming(String customer, long version) {
        note(PROFILES, OWNER, 0, Type.INVOKE, Function.SEND, customer, version, -1, 1, true);
    }

    void renamed(Receipt receipt) {
        wrote(receipt, 0);
    }

    private void wrote(Receipt receipt, int batch) {
        long position = receipt.position().offset();
        note(PROFILES, OWNER, batch, Type.OK, Function.SEND, receipt.key(), receipt.version(), position, 1, true);
    }

    /** A change has come to billing's copy, with this name. */
    void watched(String customer, String name, Mark mark) {
        boolean isThat = name.equals(ProfileService.name(customer, mark.version()));
        note(PROFILES, BILLING, 0, Type.OK, Function.WATCH, customer, mark.version(), mark.sequence(), 1, isThat);
    }

    /** Billing's copy holds this in the end. */
    void holds(String customer, String name, Mark mark) {
        boolean isThat = name.equals(ProfileService.name(customer, mark.version()));
        note(PROFILES, BILLING, 0, Type.OK, Function.HOLD, customer, mark.version(), mark.sequence(), 1, isThat);
    }

    /** The cart asks for an item to be added to a sale that has so many events. */
    void asking(String saleId, long version) {
        note(QUESTIONS, CART, 0, Type.INVOKE, Function.ASK, saleId, version, 0, 0, true);
    }

    /** Checkout answers that the sale has so many events now. */
    void answering(String saleId, long version) {
        note(QUESTIONS, OWNER, 0, Type.OK, Function.ANSWER, saleId, version - 1, 0, 0, true);
    }

    /** The cart has the answer. */
    void answered(String saleId, long version, CheckoutService.Added answer) {
        boolean isThat = answer.version() == version + 1
                && events.get(new Named(saleId, version))
                        instanceof Sale.ItemAdded(String sku, int n, BigDecimal amount)
                && amount.equals(answer.amount());
        note(QUESTIONS, CART, 0, Type.OK, Function.ASK, saleId, version, 0, 0, isThat);
    }

    /** The cart got no answer. */
    void unanswered(String saleId, long version) {
        note(QUESTIONS, CART, 0, Type.INFO, Function.ASK, saleId, version, 0, 0, true);
    }

    /** Somebody stands still on purpose: until {@link #healed} nothing need come in time. */
    void disturbed() {
        note(SALES, OWNER, 0, Type.INVOKE, Function.HEAL, "", 0, 0, 0, true);
    }

    /** All faults are over: from now on everything must come in time. */
    void healed() {
        note(SALES, OWNER, 0, Type.OK, Function.HEAL, "", 0, 0, 0, true);
    }

    /** Ends the history and judges it; nothing may be on its way. */
    Verdict judge(Group ledger) {
        aside(ledger.following(), Type.OK);
        long done = ledger.following().status().done().offset();
        note(SALES, LEDGER, GROUP, Type.OK, Function.COMMIT, "", 0, done, 1, true);
        recorder.close();
        return HistoryChecker.check(HistoryFile.read(file));
    }

    private void note(
            int item,
            int process,
            int group,
            Type type,
            Function function,
            String name,
            long sequence,
            long position,
            long epoch,
            boolean isThat) {
        long key = keys.computeIfAbsent(name, none -> numbers.incrementAndGet());
        int checksum = HistoryEvent.checksum(item, key, sequence) + (isThat ? 0 : 1);
        recorder.note(process, group, type, function, item, key, sequence, position, epoch, checksum);
    }

    @Override
    public void close() {
        recorder.close();
    }
}
