package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.testkit.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills in the middle of filling in a field that is new, by which values are to be found. */
@ParameterizedClass
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
class FilledFieldsTest {
    private static final String LOG = "shop.order";
    private static final String FIELD = "country";
    private static final int VALUES = 3_000;
    private static final int READ_BEFORE_THE_KILL = 1_700;

    private final ServerProcess server;
    private final Map<String, String> tables = KillableDatabase.newTables();
    private SqlMechanism mechanism;

    FilledFieldsTest(RealServer kind) {
        server = kind.killable();
    }

    @BeforeEach
    void fill() {
        mechanism = KillableDatabase.open(server, server.port(), tables);
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        LogWriter writer = mechanism.claim(LOG, "shop");
        writer.append(
                        0,
                        IntStream.range(0, VALUES)
                                .mapToObj(i -> new LogEntry(bytes("k" + i), new byte[] {7}, bytes(country(i))))
                                .toList())
                .join();
    }

    @AfterEach
    void end() {
        mechanism.close();
        KillableDatabase.remove(server, tables);
    }

    @Test
    void aClaimantThatIsKilledLeavesNothingThatIsFoundByHalf() {
        Stream<String> settings = Stream.of(server.settings(), tables)
                .flatMap(each -> each.entrySet().stream())
                .map(setting -> setting.getKey() + "=" + setting.getValue());
        String[] arguments = Stream.concat(Stream.of(LOG, FIELD, String.valueOf(READ_BEFORE_THE_KILL)), settings)
                .toArray(String[]::new);
        try (ChildJvm child = ChildJvm.of(ClaimingChild.class).showErrors().start(arguments)) {
            child.awaitReady();
            child.kill();
        }
        assertThat(catchThrowable(() -> found("CH"))).isInstanceOf(FairleadException.class);
        everyValueIsFoundAfterAnotherClaim();
    }

    @Test
    void aServerThatIsKilledLeavesNothingThatIsFoundByHalf() {
        AtomicInteger left = new AtomicInteger(READ_BEFORE_THE_KILL);
        Throwable failure = catchThrowable(() -> mechanism.claim(LOG, "shop", fields(() -> {
            if (left.decrementAndGet() == 0) {
                server.kill();
                restart();
            }
        })));
        if (failure == null) {
            assertThat(found("CH")).containsExactlyInAnyOrderElementsOf(keys("CH"));
        } else {
            assertThat(catchThrowable(() -> found("CH"))).isInstanceOf(FairleadException.class);
        }
        everyValueIsFoundAfterAnotherClaim();
    }

    private void everyValueIsFoundAfterAnotherClaim() {
        LogWriter writer = mechanism.claim(LOG, "shop", fields(() -> {}));
        for (String country : List.of("CH", "DE", "FR")) {
            assertThat(found(country)).as(country).containsExactlyInAnyOrderElementsOf(keys(country));
        }
        writer.append(0, List.of(new LogEntry(bytes("k0"), new byte[] {7}, bytes("DE"))))
                .join();
        assertThat(found("CH")).hasSize(VALUES / 3 - 1).doesNotContain("k0");
    }

    private void restart() {
        try {
            server.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SearchedFields fields(Runnable onEach) {
        return new SearchedFields(Set.of(FIELD), payload -> {
            onEach.run();
            return Map.of(FIELD, new String(payload, UTF_8));
        });
    }

    private List<String> found(String country) {
        List<String> keys = new ArrayList<>();
        byte @Nullable [] after = null;
        do {
            FoundRecords page = mechanism.find(LOG, Map.of(FIELD, country), after, 1_000);
            page.records().forEach(record -> keys.add(new String(record.key(), UTF_8)));
            after = page.next();
        } while (after != null);
        return keys;
    }

    private static List<String> keys(String country) {
        return IntStream.range(0, VALUES)
                .filter(i -> country(i).equals(country))
                .mapToObj(i -> "k" + i)
                .toList();
    }

    private static String country(int number) {
        return List.of("CH", "DE", "FR").get(number % 3);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
