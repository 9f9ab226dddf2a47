package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock of everybody goes back and forth by an hour and by ten years: no order, no version and no delivery hangs on it. */
class ClockJumpTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int KEYS = 7;
    private static final int ROUNDS = 150;
    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofDays(3650),
            Duration.ofDays(-3650),
            Duration.ofMillis(-1));

    record Stock(String sku, int pieces) {}

    sealed interface Sale {}

    record ItemAdded(int number) implements Sale {}

    record Pack(int number) {}

    private static final StateItem<String, Stock> STOCK = StateItem.of("shop.stock", String.class, Stock.class);
    private static final EventItem<String, Sale> SALES = EventItem.of("shop.sale", String.class, Sale.class);
    private static final TellItem<Pack> PACK = TellItem.of("shop.pack", Pack.class);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
    private final List<Integer> packed = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void plan() {
        PlanFolder.write(folder, "shop.yaml", """
                service: shop
                shares:
                  stock: { kind: state, key: sku, fields: { sku: string, pieces: int32 } }
                  sale: { kind: event, key: saleId, events: { ItemAdded: { number: int32 } } }
                  pack: { kind: request, delivery: guaranteed, question: { number: int32 } }
                """);
        PlanFolder.write(folder, "till.yaml", """
                service: till
                needs:
                  shop.stock: { within: 5s, why: what is sold out is not offered }
                  shop.sale: { why: what is sold is counted }
                  shop.pack: { why: what is paid is packed }
                """);
        PlanFolder.write(folder, "landscape.yaml", "mechanisms:\n  embedded: { data: data, durability: D1 }\n");
    }

    private Fairlead open(String service) {
        return Opening.of(service, folder).time(time).open();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void orderVersionsAndDeliveryStayAsTheyAre(long seed) {
        Random random = new Random(seed);
        try (Fairlead shop = open("shop");
                Fairlead till = open("till");
                Following<String, Sale> following = till.events(SALES)
                        .follow(
                                "count",
                                Handler.effect(
                                        happened -> seen.computeIfAbsent(happened.key(), key -> new ArrayList<>())
                                                .add(((ItemAdded) happened.event()).number())));
                Handling<Pack> handling = shop.handle(PACK, (pack, told) -> packed.add(pack.number()))) {
            Owner<String, Stock> owner = shop.own(STOCK);
            Copy<String, Stock> copy = till.copy(STOCK);
            Events<String, Sale> sales = shop.events(SALES);
            Receipt last = null;
            for (int number = 0; number < ROUNDS; number++) {
                if (random.nextInt(3) == 0) {
                    time.jumpWallClock(JUMPS.get(random.nextInt(JUMPS.size())));
                }
                String key = "k" + number % KEYS;
                last = owner.put(new Stock(key, number));
                assertThat(last.version()).isEqualTo(number / KEYS + 1);
                assertThat(sales.append(key, new ItemAdded(number)).version()).isEqualTo(number / KEYS + 1);
                till.tell(PACK, new Pack(number));
            }
            Receipt newest = Objects.requireNonNull(last);
            copy.read(newest.key(), newest, SOON);
            await().atMost(SOON).until(() -> following.status().handled() == ROUNDS && packed.size() >= ROUNDS);
            await().atMost(SOON).until(() -> handling.statistics().handled() == ROUNDS);

            assertThat(copy.digest()).isEqualTo(owner.digest());
            assertThat(IntStream.range(0, KEYS))
                    .allSatisfy(key -> assertThat(seen.get("k" + key))
                            .isEqualTo(IntStream.range(0, ROUNDS)
                                    .filter(number -> number % KEYS == key)
                                    .boxed()
                                    .toList()));
            assertThat(packed).hasSize(ROUNDS).doesNotHaveDuplicates();
            copy.awaitLive(SOON);
            assertThat(copy.health().state()).isEqualTo(HealthState.LIVE);
        }
    }
}
