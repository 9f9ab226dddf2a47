package dev.fairlead.engine;

import static dev.fairlead.engine.Relays.BRISK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.StateOutboxChild.Profile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Overlapping transactions that change state, while relays take over from each other: each key changes in the order of its commits. */
@Tag("slow")
@Timeout(180)
class StateOutboxRaceTest {
    private static final int WRITERS = 8;
    private static final int KEYS = 6;
    private static final int CHANGES = 600;
    private static final int TAKE_OVERS = 3;
    private static final int LONGEST_PAUSE = 10_000_000;
    private static final Duration SOON = Duration.ofMinutes(1);

    record Named(String customerId, String name) {}

    private static final StateItem<String, Named> NAMED = StateItem.of("profile.profile", String.class, Named.class);

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final AtomicReference<StateOutbox<String, Profile>> writing = new AtomicReference<>();
    private final Map<String, AtomicInteger> drawn = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, String>> committed = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<String>> seen = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger rolledBack = new AtomicInteger();
    private volatile boolean over;

    @AfterEach
    void end() {
        over = true;
    }

    private Fairlead open(String service) {
        return services.open(service, folder);
    }

    @ParameterizedTest
    @EnumSource
    void eachKeyChangesOnceAndInTheOrderOfTheCommits(Databases kind) {
        PlanFolder.in(folder, "D1");
        DataSource database = kind.create();
        Owner<String, Profile> owner = open("profile").own(StateOutboxChild.PROFILES);
        Copy<String, Named> copy = open("billing").copy(NAMED);
        copy.listen(change -> {
            if (change instanceof Change.Updated<String, Named> updated) {
                seen.computeIfAbsent(updated.key(), none -> new ConcurrentLinkedQueue<>())
                        .add(updated.value().name());
            }
        });
        writing.set(owner.outbox(database, BRISK));
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> write(database, number), threads))
                    .toList();
            for (int takeOver = 0; takeOver < TAKE_OVERS; takeOver++) {
                owner = open("profile").own(StateOutboxChild.PROFILES);
                StateOutbox<String, Profile> next = owner.outbox(database, BRISK);
                int before = changes.get();
                StateOutbox<String, Profile> last = writing.getAndSet(next);
                await().atMost(SOON).until(() -> changes.get() > before + CHANGES / TAKE_OVERS);
                last.close();
                await().atMost(SOON).until(() -> next.statistics().published() > 0);
            }
            over = true;
            writers.forEach(CompletableFuture::join);
        }
        await().atMost(SOON).until(() -> writing.get().statistics().pending() == 0);

        Owner<String, Profile> newest = owner;
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(newest.digest()));
        assertThat(rolledBack.get()).isGreaterThan(10);
        committed.forEach((key, numbers) -> {
            List<String> inOrder = new ArrayList<>(new TreeMap<>(numbers).values());
            assertThat(copy.read(key)).isInstanceOfSatisfying(Reading.Fresh.class, fresh -> {
                assertThat(fresh.value()).isEqualTo(new Named(key, inOrder.getLast()));
                assertThat(fresh.mark().version()).as("changes of %s", key).isEqualTo(inOrder.size());
            });
            await().atMost(SOON).until(() -> inOrder.getLast().equals(new ArrayList<>(seen.get(key)).getLast()));
            assertThat(inOrder).containsSubsequence(List.copyOf(seen.get(key)));
        });
    }

    private void write(DataSource database, int writer) {
        Random random = new Random(writer);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; !over; i++) {
                transaction(connection, random, writer + "-" + i);
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The number is drawn while the transaction holds the key, so that the numbers are in the order of the commits. */
    private void transaction(Connection connection, Random random, String name) throws SQLException {
        String key = "c" + random.nextInt(KEYS);
        put(connection, new Profile(key, name, "e", 1));
        int number = drawn.computeIfAbsent(key, none -> new AtomicInteger()).getAndIncrement();
        LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE));
        if (random.nextInt(5) == 0) {
            connection.rollback();
            rolledBack.incrementAndGet();
            return;
        }
        connection.commit();
        committed.computeIfAbsent(key, none -> new ConcurrentHashMap<>()).put(number, name);
        changes.incrementAndGet();
    }

    /** An outbox that is closed at this very moment is left for the one that took over. */
    private void put(Connection connection, Profile value) {
        StateOutbox<String, Profile> used = writing.get();
        try {
            used.put(connection, value);
        } catch (FairleadException e) {
            if (e.code() != ErrorCode.CLOSED || used == writing.get()) {
                throw e;
            }
            put(connection, value);
        }
    }
}
