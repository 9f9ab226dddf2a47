package dev.fairlead.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Found;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.LookupStatistics;
import dev.fairlead.api.Owner;
import dev.fairlead.api.PlanName;
import dev.fairlead.api.StateItem;
import dev.fairlead.engine.Opening;
import dev.fairlead.testkit.SettableTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a reader without a copy finds values at its owner, on a mechanism that can. */
class FindTest {
    enum Status {
        @PlanName("open")
        OPEN,
        @PlanName("shut")
        SHUT
    }

    record Order(
            String orderId,
            String country,
            Status status,
            @Nullable BigDecimal total,
            String note) {}

    record Shipped(
            String orderId,
            String country,
            Status status,
            @Nullable BigDecimal total) {}

    private static final StateItem<String, Order> ORDERS = StateItem.of("shop.order", String.class, Order.class);
    private static final StateItem<String, Shipped> SHIPPED = StateItem.of("shop.order", String.class, Shipped.class);

    private static final String SHOP = """
            service: shop
            shares:
              order:
                kind: state
                key: orderId
                fields:
                  orderId: string
                  country: string
                  status: enum(open, shut)
                  total: decimal(12,2)?
                  note: string
            """;

    private static final String SHIPPING = """
            service: shipping
            needs:
              shop.order:
                uses: [ orderId, country, status, total ]
                by: %s
                within: %s
                why: parcels go out by country
            """;

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Deque<Fairlead> open = new ArrayDeque<>();

    @BeforeEach
    void plan() {
        write(
                "landscape.yaml",
                "mechanisms:\n  sql: { url: \"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1\" }\n");
        write("shop.yaml", SHOP);
        declare("[ country, status, total ]", "0s");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void declare(String by, String within) {
        write("shipping.yaml", SHIPPING.formatted(by, within));
    }

    @AfterEach
    void close() {
        open.forEach(Fairlead::close);
    }

    @Test
    void aReaderWithoutACopyFindsValuesByTheFieldsThatItsNeedDeclares() {
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);
        assertThat(lookup.find(Map.of("country", "CH"), 10).readings()).isEmpty();

        Owner<String, Order> owner = open("shop").own(ORDERS);
        owner.put(order("2", "CH", Status.OPEN, "2.50"));
        owner.put(order("1", "CH", Status.OPEN, null));
        owner.put(order("3", "CH", Status.SHUT, "2.5"));
        owner.put(order("4", "DE", Status.OPEN, "7"));

        Found<String, Shipped> swiss = lookup.find(Map.of("country", "CH", "status", Status.OPEN), 10);
        assertThat(swiss.readings().sequencedKeySet()).containsExactly("1", "2");
        assertThat(swiss.next()).isNull();
        assertThat(swiss.readings().get("1")).satisfies(fresh -> {
            assertThat(fresh.value()).isEqualTo(new Shipped("1", "CH", Status.OPEN, null));
            assertThat(fresh.mark().version()).isEqualTo(1);
            assertThat(fresh.mark().changed()).isEqualTo(time.now());
        });
        assertThat(keys(lookup, Map.of("status", "shut"))).containsExactly("3");
        assertThat(keys(lookup, Map.of("total", new BigDecimal("2.5")))).containsExactly("2", "3");
        assertThat(keys(lookup, Map.of("total", 7))).containsExactly("4");
        assertThat(lookup.statistics()).isEqualTo(new LookupStatistics(5, 0, 0));
    }

    @Test
    void changesRemovalsAndErasuresAreFoundAtOnce() {
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);
        Owner<String, Order> owner = open("shop").own(ORDERS);
        owner.put(order("1", "CH", Status.OPEN, null));
        owner.put(order("2", "CH", Status.OPEN, null));
        owner.put(order("3", "CH", Status.OPEN, null));
        owner.put(order("4", "CH", Status.OPEN, null));

        owner.put(order("1", "DE", Status.OPEN, null));
        owner.remove("2");
        owner.erase("3");

        assertThat(keys(lookup, Map.of("country", "CH"))).containsExactly("4");
        assertThat(keys(lookup, Map.of("country", "DE"))).containsExactly("1");
    }

    @Test
    void pagesFollowOneAnother() {
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);
        List<Order> orders = new ArrayList<>();
        for (int i = 100; i < 125; i++) {
            orders.add(order("" + i, "CH", Status.OPEN, null));
        }
        open("shop").own(ORDERS).putAll(orders);

        List<String> found = new ArrayList<>();
        Found<String, Shipped> page = lookup.find(Map.of("country", "CH"), 10);
        found.addAll(page.readings().keySet());
        for (String after = page.next(); after != null; after = page.next()) {
            page = lookup.find(Map.of("country", "CH"), 10, after);
            found.addAll(page.readings().keySet());
        }
        assertThat(found).isEqualTo(orders.stream().map(Order::orderId).toList());
    }

    @Test
    void aFieldThatIsNewInThePlanFindsWhatWasWrittenBefore() {
        declare("[ country ]", "0s");
        Fairlead earlier = open("shop");
        earlier.own(ORDERS).put(order("1", "CH", Status.SHUT, null));
        earlier.close();
        declare("[ country, status ]", "0s");
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);

        assertThat(failure(() -> lookup.find(Map.of("status", "shut"), 1)))
                .hasMessageContaining("its newest owner does not declare that field");
        open("shop").own(ORDERS);
        assertThat(keys(lookup, Map.of("status", "shut"))).containsExactly("1");
    }

    @Test
    void aFieldThatTheNeedDoesNotDeclareIsRefusedWithTheLineToAdd() {
        declare("[ country ]", "0s");
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);

        FairleadException refusal = failure(() -> lookup.find(Map.of("status", "open"), 1));
        assertThat(refusal.code()).isEqualTo(ErrorCode.PLAN);
        assertThat(refusal).hasMessageContaining("shipping").hasMessageContaining("by: [ status ]");
    }

    @Test
    void aReaderThatIsToHaveACopyIsToldHowToAskInstead() {
        declare("[ country ]", "5s");
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);

        assertThat(failure(() -> lookup.find(Map.of("country", "CH"), 1)))
                .hasMessageContaining("scenario: request")
                .hasMessageContaining("because:");
    }

    @Test
    void whatCannotBeAValueOfTheFieldIsRefused() {
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);

        FairleadException refusal = failure(() -> lookup.find(Map.of("total", "many"), 1));
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(refusal).hasMessageContaining("total").hasMessageContaining("decimal(12,2)");
        Map<String, @Nullable Object> missing = new HashMap<>();
        missing.put("total", null);
        assertThat(failure(() -> lookup.find(missing, 1)).code()).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(failure(() -> lookup.find(Map.of(), 1)).code()).isEqualTo(ErrorCode.BAD_VALUE);
        assertThat(failure(() -> lookup.find(Map.of("country", "CH"), 0)).code())
                .isEqualTo(ErrorCode.BAD_VALUE);
    }

    @Test
    void aMechanismThatFindsByKeyOnlyRefuses() {
        write("landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
        open("shop").own(ORDERS).put(order("1", "CH", Status.OPEN, null));
        Lookup<String, Shipped> lookup = open("shipping").lookup(SHIPPED);

        assertThat(lookup.read("1")).isNotNull();
        assertThat(failure(() -> lookup.find(Map.of("country", "CH"), 1)).code())
                .isEqualTo(ErrorCode.CAPABILITY);
    }

    @Test
    void aClosedServiceFindsNothingMore() {
        Fairlead shipping = open("shipping");
        Lookup<String, Shipped> lookup = shipping.lookup(SHIPPED);
        shipping.close();

        assertThat(failure(() -> lookup.find(Map.of("country", "CH"), 1)).code())
                .isEqualTo(ErrorCode.CLOSED);
    }

    private static List<String> keys(Lookup<String, Shipped> lookup, Map<String, ?> fields) {
        return List.copyOf(lookup.find(fields, 100).readings().keySet());
    }

    private static Order order(String id, String country, Status status, @Nullable String total) {
        return new Order(id, country, status, total == null ? null : new BigDecimal(total), "a note");
    }

    private Fairlead open(String service) {
        Fairlead opened = Opening.of(service, folder).time(time).open();
        open.push(opened);
        return opened;
    }

    private static FairleadException failure(ThrowingCallable call) {
        return catchThrowableOfType(FairleadException.class, call);
    }
}
