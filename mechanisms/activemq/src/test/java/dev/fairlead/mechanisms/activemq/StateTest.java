package dev.fairlead.mechanisms.activemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.engine.Opening;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.CopyWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Owners and copies over topics of real brokers. */
class StateTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int KEYS = 200;

    record Price(String sku, String text) {}

    private static final StateItem<String, Price> PRICES = StateItem.of("shop.price", String.class, Price.class);

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Path plan() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), """
                service: shop
                shares:
                  price: { kind: state, key: sku, fields: { sku: string, text: string } }
                """);
        Files.writeString(folder.resolve("till.yaml"), """
                service: till
                needs:
                  shop.price: { uses: [ sku, text ], within: 2s, why: it sells }
                """);
        Files.writeString(folder.resolve("web.yaml"), """
                service: web
                needs:
                  shop.price: { uses: [ sku, text ], within: 2s, why: it shows them }
                """);
        Files.writeString(folder.resolve("landscape.yaml"), """
                mechanisms:
                  activemq: { url: "amqp://localhost" }
                  embedded: { data: data, durability: D1, carries: [ event ] }
                """);
        return folder;
    }

    private Fairlead open(String service, Map<String, String> server, String prefix) throws IOException {
        ActivemqMechanism mechanism = Activemq.open(server, prefix, "10s");
        open.push(mechanism);
        Fairlead opened = Opening.of(service, plan()).mechanism(mechanism).open();
        open.push(opened);
        return opened;
    }

    private CopyWorkload<Price> workload() {
        CopyWorkload<Price> workload = new CopyWorkload<>(
                folder.resolve("history"),
                (key, version) -> new Price(key, "v" + version),
                price -> Long.parseLong(price.text().substring(1)));
        open.push(workload);
        return workload;
    }

    private static void awaitEqual(Copy<String, Price> copy, Owner<String, Price> owner) {
        await().atMost(SOON).until(() -> copy.digest().equals(owner.digest()));
        await().atMost(SOON).until(() -> copy.health().state() == HealthState.LIVE);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void copiesGoOnThoughTheBrokerIsKilledUnderLoadAndTheOwnerStartsAgain(RealServer kind) throws Exception {
        ServerProcess server = kind.killable();
        String prefix = ActivemqUnderTest.newPrefix();
        CopyWorkload<Price> workload = workload();
        Random random = new Random(3);
        Fairlead shop = open("shop", server.settings(), prefix);
        Owner<String, Price> owner = shop.own(PRICES);
        Copy<String, Price> early = open("till", server.settings(), prefix).copy(PRICES);
        for (int i = 0; i < 2000; i++) {
            workload.put(owner, random.nextInt(KEYS));
        }
        awaitEqual(early, owner);
        for (int kill = 0; kill < 2; kill++) {
            for (int i = 0; i < 1000; i++) {
                workload.put(owner, random.nextInt(KEYS));
            }
            server.kill();
            for (int i = 0; i < 1000; i++) {
                workload.put(owner, random.nextInt(KEYS));
            }
            server.restart();
            for (int i = 0; i < 1000; i++) {
                workload.put(owner, random.nextInt(KEYS));
            }
        }
        awaitEqual(early, owner);
        shop.close();
        Owner<String, Price> again = open("shop", server.settings(), prefix).own(PRICES);
        for (int i = 0; i < 500; i++) {
            workload.put(again, random.nextInt(KEYS));
        }
        Copy<String, Price> late = open("web", server.settings(), prefix).copy(PRICES);
        awaitEqual(late, again);
        awaitEqual(early, again);
        workload.holds(2, early);
        workload.holds(3, late);
        Verdict verdict = workload.judge();

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(early.snapshot().values()).hasSize(KEYS);
        assertThat(late.snapshot().values()).hasSize(KEYS);
        assertThat(verdict.valid(8500, 0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void aLargeStateIsLoadedAndHeardInPages(RealServer kind) throws Exception {
        Map<String, String> server = kind.shared();
        String prefix = ActivemqUnderTest.newPrefix();
        Owner<String, Price> owner = open("shop", server, prefix).own(PRICES);
        List<CompletableFuture<Receipt>> writing = IntStream.range(0, 1000)
                .mapToObj(i -> owner.putAsync(new Price("k" + i, "x".repeat(2000))))
                .toList();
        writing.forEach(CompletableFuture::join);
        owner.put(new Price("large", "y".repeat(900_000)));
        Copy<String, Price> copy = open("till", server, prefix).copy(PRICES);
        awaitEqual(copy, owner);
        owner.put(new Price("huge", "ü".repeat(500_000)));
        owner.put(new Price("k0", "small"));
        awaitEqual(copy, owner);

        assertThat(copy.snapshot().values()).hasSize(1002);
        assertThat(copy.snapshot().values()).containsEntry("huge", new Price("huge", "ü".repeat(500_000)));
    }
}
