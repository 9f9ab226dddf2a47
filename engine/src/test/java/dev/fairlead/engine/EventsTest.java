package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Expected;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Page;
import dev.fairlead.api.Receipt;
import dev.fairlead.engine.SalePlan.Closed;
import dev.fairlead.engine.SalePlan.CouponApplied;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Deque<Fairlead> open = new ArrayDeque<>();
    private Path plan;

    @BeforeEach
    void writePlan() {
        plan = SalePlan.in(folder, "D1");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Fairlead::close);
    }

    private Fairlead open(String service) {
        Fairlead fairlead = SalePlan.open(service, plan, time);
        open.push(fairlead);
        return fairlead;
    }

    private Events<String, Sale> owner() {
        return open("checkout").events(SalePlan.SALES);
    }

    @Test
    void aReaderSeesWhatTheOwnerAppended() {
        Events<String, Sale> sales = owner();
        Receipt first = sales.append("s1", new ItemAdded("85123A", 6));
        Receipt second = sales.append("s1", new Closed());

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.durability()).isEqualTo(Durability.D1);
        Events<String, Sale> read = open("shipping").events(SalePlan.SALES);
        assertThat(read.read(read.oldest(), 10).records())
                .containsExactly(
                        new EventRecord<>("s1", new ItemAdded("85123A", 6), 1, first.position(), now()),
                        new EventRecord<>("s1", new Closed(), 2, second.position(), now()));
    }

    private Instant now() {
        return time.now();
    }

    @Test
    void ofTwoWritersWithTheSameExpectationOneWinsInEveryRound() throws Exception {
        Events<String, Sale> one = owner();
        Events<String, Sale> other = open.getFirst().events(SalePlan.SALES);
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 300; round++) {
                Expected expected = Expected.version(round);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Integer>> wins = List.of(
                        writers.submit(racing(together, one, expected)),
                        writers.submit(racing(together, other, expected)));

                assertThat(wins.get(0).get() + wins.get(1).get()).isEqualTo(1);
            }
        }
        assertThat(one.history("s1", one.oldest(), 1000).records())
                .extracting(EventRecord::version)
                .hasSize(300)
                .doesNotHaveDuplicates();
    }

    private static Callable<Integer> racing(CyclicBarrier together, Events<String, Sale> sales, Expected expected) {
        return () -> {
            together.await();
            try {
                sales.append("s1", new Closed(), expected);
                return 1;
            } catch (FairleadException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.VERSION_CONFLICT);
                return 0;
            }
        };
    }

    @Test
    void aConflictTellsBothVersionsAndWritesNothing() {
        Events<String, Sale> sales = owner();
        sales.append("s1", new Closed(), Expected.none());

        assertThatThrownBy(() -> sales.append("s1", new Closed(), Expected.none()))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_CONFLICT))
                .hasMessageContaining("s1 of checkout.sale has version 1, but the write expected 0");
        assertThat(sales.read(sales.oldest(), 10).records()).hasSize(1);
    }

    @Test
    void aRestartedOwnerKnowsTheVersions() {
        owner().append("s1", new Closed());
        open.pop().close();

        Events<String, Sale> sales = owner();
        assertThatThrownBy(() -> sales.append("s1", new Closed(), Expected.none()))
                .isInstanceOf(FairleadException.class);
        assertThat(sales.append("s1", new Closed(), Expected.version(1)).version())
                .isEqualTo(2);
    }

    @Test
    void aNewerOwnerFencesTheOlderOne() {
        Events<String, Sale> older = owner();
        older.append("s1", new Closed());
        Events<String, Sale> newer = owner();
        newer.append("s1", new Closed());

        assertThatThrownBy(() -> older.append("s1", new Closed()))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(newer.append("s1", new Closed()).version()).isEqualTo(3);
    }

    @Test
    void onlyTheOwnerAppendsAndOnlyADeclaredReaderReads() {
        owner();
        assertThatThrownBy(() -> open("shipping").events(SalePlan.SALES).append("s1", new Closed()))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining("shipping does not own checkout.sale");
        assertThatThrownBy(() -> open("audit").events(SalePlan.SALES))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining("audit declares no need of checkout.sale");
    }

    sealed interface Wrong {
        record ItemAdded(long sku, String colour) implements Wrong {}

        record Returned() implements Wrong {}
    }

    @Test
    void aHandleThatDoesNotFitStopsTheStartAndNamesEachFault() {
        EventItem<Boolean, Wrong> wrong = EventItem.of("checkout.sale", Boolean.class, Wrong.class);
        assertThatThrownBy(() ->
                        Opening.of("checkout", plan).items(wrong).time(time).open())
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HANDLE_MISMATCH))
                .hasMessageContaining("ItemAdded.sku: string in the plan, but long")
                .hasMessageContaining("ItemAdded.colour: java.lang.String")
                .hasMessageContaining("ItemAdded.quantity: int32 in the plan, but no component")
                .hasMessageContaining("Returned: ")
                .hasMessageContaining("CouponApplied: an event in the plan, but no permitted type")
                .hasMessageContaining("the key saleId: java.lang.Boolean");
    }

    sealed interface Billed {
        record ItemAdded(String sku) implements Billed {}

        record Closed() implements Billed {}
    }

    private static final EventItem<String, Billed> BILLED = EventItem.of("checkout.sale", String.class, Billed.class);

    @Test
    void aReaderGetsOnlyTheEventsAndFieldsThatItUses() {
        Events<String, Sale> sales = owner();
        sales.append("s1", new ItemAdded("85123A", 6));
        sales.append("s1", new CouponApplied("X"));
        sales.append("s1", new Closed());

        Events<String, Billed> billed = open("billing").events(BILLED);
        Page<String, Billed> page = billed.read(billed.oldest(), 10);
        assertThat(page.records())
                .extracting(EventRecord::event)
                .containsExactly(new Billed.ItemAdded("85123A"), new Billed.Closed());
        assertThat(page.passedOver()).isZero();
        assertThatThrownBy(() -> open("billing").events(SalePlan.SALES))
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HANDLE_MISMATCH))
                .hasMessageContaining("CouponApplied: ")
                .hasMessageContaining("ItemAdded.quantity: int");
    }

    @Test
    void pagesGoOnInBothDirectionsWithoutAHole() {
        Events<String, Sale> sales = owner();
        List<CompletableFuture<Receipt>> appended = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            appended.add(sales.appendAsync("s" + i % 7, new ItemAdded("sku", i)));
        }
        appended.forEach(CompletableFuture::join);

        List<Integer> forward = new ArrayList<>();
        Cursor cursor = sales.oldest();
        Page<String, Sale> page = sales.read(cursor, 77);
        while (!page.next().equals(cursor)) {
            page.records().forEach(record -> forward.add(quantity(record)));
            cursor = page.next();
            page = sales.read(cursor, 77);
        }
        assertThat(forward).hasSize(1000).isSorted().doesNotHaveDuplicates();
        assertThat(cursor).isEqualTo(sales.newest());

        List<Integer> back = new ArrayList<>();
        page = sales.readBack(cursor, 300);
        while (!page.next().equals(cursor)) {
            page.records().forEach(record -> back.add(quantity(record)));
            cursor = page.next();
            page = sales.readBack(cursor, 300);
        }
        assertThat(back.reversed()).isEqualTo(forward);
        assertThat(cursor).isEqualTo(sales.oldest());
    }

    private static int quantity(EventRecord<String, Sale> record) {
        return ((ItemAdded) record.event()).quantity();
    }

    @Test
    void aTimeLeadsToTheFirstEventThatIsNotOlder() {
        Events<String, Sale> sales = owner();
        Instant start = time.now();
        for (int i = 0; i < 50; i++) {
            sales.append("s", new ItemAdded("a", 2 * i));
            sales.append("s", new ItemAdded("b", 2 * i + 1));
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(firstSince(sales, start)).isZero();
        assertThat(firstSince(sales, start.plusSeconds(30))).isEqualTo(60);
        assertThat(firstSince(sales, start.plusMillis(30_001))).isEqualTo(62);
        assertThat(sales.since(start.plusSeconds(1000))).isEqualTo(sales.newest());
    }

    private static int firstSince(Events<String, Sale> sales, Instant moment) {
        return quantity(sales.read(sales.since(moment), 1).records().getFirst());
    }

    @Test
    void timesNeverGoBackThoughTheClockDoes() {
        Events<String, Sale> sales = owner();
        Instant start = time.now();
        sales.append("s", new Closed());
        time.jumpWallClock(Duration.ofHours(-1));
        sales.append("s", new Closed());

        assertThat(sales.read(sales.oldest(), 10).records())
                .extracting(EventRecord::time)
                .containsExactly(start, start);
    }

    @Test
    void theHistoryOfAKeyHasItsEventsAlone() {
        Events<String, Sale> sales = owner();
        for (int i = 0; i < 100; i++) {
            sales.append("s" + i % 10, new ItemAdded("sku", i));
        }

        Page<String, Sale> page = sales.history("s3", sales.oldest(), 4);
        assertThat(page.records()).extracting(EventsTest::quantity).containsExactly(3, 13, 23, 33);
        assertThat(sales.history("s3", page.next(), 100).records())
                .extracting(EventsTest::quantity)
                .containsExactly(43, 53, 63, 73, 83, 93);
        assertThat(sales.history("nobody", sales.oldest(), 10).records()).isEmpty();
    }

    @Test
    void aCursorOfAnotherItemOrNoCursorIsRefused() {
        Events<String, Sale> sales = owner();
        for (String text : List.of(
                "",
                "1:checkout.sale",
                "1:checkout.sale:-1",
                "1:checkout.sale:01",
                "2:checkout.sale:0",
                "1:checkout.sale:99999999999999999999",
                "1:checkout.other:0",
                "1:checkout.sale:1",
                "x".repeat(10_000))) {
            assertThatThrownBy(() -> sales.read(new Cursor(text), 10))
                    .isInstanceOfSatisfying(
                            FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE));
        }
        assertThatThrownBy(() -> sales.read(sales.oldest(), 10_001)).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> sales.read(sales.oldest(), 0)).hasMessageContaining("1 to 10000");
    }

    @Test
    void whatIsTooLargeIsRefusedAndWritesNothing() {
        Events<String, Sale> sales = owner();
        sales.append("s1", new CouponApplied("first"));
        refused(ErrorCode.BAD_VALUE, "", () -> sales.append("s1", new CouponApplied("x".repeat(1 << 20))));
        refused(ErrorCode.BAD_VALUE, "", () -> sales.append("s".repeat(1025), new CouponApplied("a")));
        refused(ErrorCode.BAD_VALUE, "", () -> sales.append("", new CouponApplied("a")));
        refused(ErrorCode.BAD_VALUE, "", () -> sales.append("\ud800", new CouponApplied("a")));

        Receipt receipt = sales.append("s1", new CouponApplied("second"), Expected.version(1));
        assertThat(receipt.version()).isEqualTo(2);
        sales.append("s".repeat(1024), new CouponApplied("x".repeat((1 << 20) - 100)));
        sales.append("\ud83d\ude80", new CouponApplied("a pair is a character"));
        assertThat(sales.read(sales.oldest(), 100).records()).hasSize(4);
    }
}
