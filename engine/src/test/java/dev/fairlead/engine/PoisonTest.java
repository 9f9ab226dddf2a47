package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of poison at once among a thousand events: each sets its own key aside, after so many attempts, and nothing else. */
@Timeout(120)
class PoisonTest {
    private static final int HEALTHY_KEYS = 100;
    private static final int OF_EACH = 10;
    private static final int BEHIND = 2;
    private static final int LOG = HEALTHY_KEYS * OF_EACH + Poison.values().length * OF_EACH * (1 + BEHIND);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final FailurePolicy TWICE =
            new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));

    private enum Poison {
        BAD_BYTES,
        WRONG_SCHEMA,
        LONG_GARBAGE_FOR_A_HEADER,
        DAMAGED_HEADER,
        AN_EVENT_OF_A_NEWER_PLAN,
        THROWS,
        HANGS,
        RUNS_OUT_OF_MEMORY;

        String key(int number) {
            return name().toLowerCase(Locale.ROOT) + "-" + number;
        }

        static Poison of(String key) {
            return valueOf(key.substring(0, key.lastIndexOf('-')).toUpperCase(Locale.ROOT));
        }
    }

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final SettableTime time = SettableTime.create();
    private final EventFormat format = new EventFormat(SalePlan.SALES.id());
    private final Map<String, List<Integer>> handled = new ConcurrentHashMap<>();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    @BeforeEach
    void plan() {
        SalePlan.in(folder, "D1");
        services.open("checkout", folder).events(SalePlan.SALES).oldest();
        services.close();
    }

    @Test
    void eachSetsItsOwnKeyAsideAndNothingIsLost() {
        write();
        Following<String, Sale> following = services.open("shipping", folder, time)
                .events(SalePlan.SALES)
                .follow("labels", Handler.effect(this::handle), TWICE);
        await().atMost(SOON).until(() -> {
            time.advance(Duration.ofMillis(1)); // for the second attempts, and not for the limit
            return following.status().handled() == HEALTHY_KEYS * OF_EACH;
        });
        await().atMost(SOON).until(() -> {
            time.advance(Duration.ofSeconds(30)); // nothing else runs than what hangs
            return following.status().done().equals(following.status().end());
        });

        assertThat(following.status().end().offset()).isEqualTo(LOG);
        assertThat(following.status().parked()).isEqualTo(LOG - HEALTHY_KEYS * OF_EACH);
        assertThat(handled).hasSize(HEALTHY_KEYS);
        assertThat(handled.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(SaleDesk.numbers(0, OF_EACH)));
        assertThat(calls).hasSize(3 * OF_EACH);
        assertThat(calls.values()).containsOnly(TWICE.attempts());
        List<ParkedKey> parked = following.parked();
        assertThat(parked).hasSize(Poison.values().length * OF_EACH).allSatisfy(key -> {
            assertThat(key.total()).isEqualTo(1 + BEHIND);
            assertThat(key.events().getFirst().error()).isNotBlank();
        });
    }

    private void handle(EventRecord<String, Sale> happened) throws InterruptedException {
        String key = happened.key();
        if (key.startsWith("healthy")) {
            handled.computeIfAbsent(key, none -> Collections.synchronizedList(new ArrayList<>()))
                    .add(SaleDesk.number(happened));
            return;
        }
        calls.merge(key, 1, Integer::sum);
        switch (Poison.of(key)) {
            case HANGS -> new CountDownLatch(1).await();
            case RUNS_OUT_OF_MEMORY -> throw new OutOfMemoryError("on purpose");
            default -> throw new IllegalStateException("on purpose");
        }
    }

    /** All events, those of a key in their order and else mixed. */
    private void write() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < HEALTHY_KEYS * OF_EACH; i++) {
            keys.add("healthy-" + i % HEALTHY_KEYS);
        }
        for (int i = 0; i < OF_EACH * (1 + BEHIND); i++) {
            for (Poison poison : Poison.values()) {
                keys.add(poison.key(i % OF_EACH));
            }
        }
        Collections.shuffle(keys, new Random(14));
        Map<String, Integer> numbers = new ConcurrentHashMap<>();
        MechanismOpening opening =
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), folder, TimeSource.SYSTEM);
        try (EmbeddedMechanism logs = EmbeddedMechanism.open(opening);
                LogWriter writer = logs.claim(SalePlan.SALES.id(), "checkout")) {
            for (String key : keys) {
                int number = numbers.merge(key, 1, Integer::sum) - 1;
                writer.append(0, List.of(entry(key, number, writer.epoch()))).join();
            }
        }
    }

    private LogEntry entry(String key, int number, long epoch) {
        String good = "{\"sku\":\"a\",\"quantity\":" + number + "}";
        Poison poison = key.startsWith("healthy") || number > 0 ? Poison.THROWS : Poison.of(key);
        byte[] bytes = key.getBytes(UTF_8);
        byte[] payload = switch (poison) {
            case BAD_BYTES -> new byte[] {0, -1, 34, 123, -128};
            case WRONG_SCHEMA -> "{\"sku\":[1],\"quantity\":\"many\"}".getBytes(UTF_8);
            default -> good.getBytes(UTF_8);
        };
        String type = poison == Poison.AN_EVENT_OF_A_NEWER_PLAN ? "Reversed" : "ItemAdded";
        byte[] header = format.pack(
                new EventEnvelope(type, number + 1L, epoch, Instant.EPOCH, Origins.ofWork(), null), bytes, payload);
        if (poison == Poison.LONG_GARBAGE_FOR_A_HEADER) {
            header = new byte[LogEntry.MAX_HEADER];
            new Random(number).nextBytes(header);
        }
        if (poison == Poison.DAMAGED_HEADER) {
            header[header.length / 2]++;
        }
        return new LogEntry(bytes, header, payload);
    }
}
