package dev.fairlead.engine;

import static dev.fairlead.engine.Databases.commit;
import static dev.fairlead.engine.Refusals.refused;
import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.StateOutboxChild.Profile;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of state that are written in the owner's transactions. */
@Timeout(120)
class StateOutboxTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String NAME = "a-name-that-stands-nowhere-else";

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    @BeforeEach
    void writePlan() {
        PlanFolder.in(folder, "D1");
    }

    private Fairlead open(String service) {
        return services.open(service, folder);
    }

    private Owner<String, Profile> owner() {
        return open("profile").own(StateOutboxChild.PROFILES);
    }

    private static Profile profile(String key, String name) {
        return new Profile(key, name, "e", 1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedComesAndWhatIsRolledBackDoesNot(Databases kind) {
        DataSource database = kind.create();
        Owner<String, Profile> owner = owner();
        Copy<String, Profile> copy = open("audit").copy(StateOutboxChild.PROFILES);
        owner.put(profile("1", "written directly"));
        StateOutbox<String, Profile> outbox = owner.outbox(database, BRISK);
        commit(database, connection -> {
            outbox.put(connection, profile("1", "rolled back"));
            connection.rollback();
            outbox.put(connection, profile("1", "Ada"));
            outbox.put(connection, profile("2", "Grace"));
            outbox.remove(connection, "2");
        });
        awaitEmpty(outbox::statistics);
        owner.put(profile("3", "written directly"));

        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
        assertThat(copy.snapshot().values()).containsOnlyKeys("1", "3").containsEntry("1", profile("1", "Ada"));
        assertThat(copy.read("1"))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class,
                        fresh -> assertThat(fresh.mark().version()).isEqualTo(2));
        assertThat(owner.size()).isEqualTo(2);
    }

    /** The relay fails each time when it would mark, and the key is written directly before the next one comes. */
    @ParameterizedTest
    @EnumSource
    void whatWasPublishedAndNotMarkedIsRecognisedBehindADirectWrite(Databases kind) {
        DataSource database = kind.create();
        Unreliable unreliable = new Unreliable(database);
        unreliable.onStatement = sql -> {
            if (sql.startsWith("DELETE FROM fairlead_outbox WHERE place")) {
                throw new IllegalStateException("crash before the mark");
            }
        };
        Owner<String, Profile> first = owner();
        StateOutbox<String, Profile> broken = first.outbox(unreliable.source(), BRISK);
        commit(database, connection -> {
            broken.put(connection, profile("1", "older"));
            broken.put(connection, profile("1", "newer"));
        });
        await().atMost(SOON).until(() -> broken.statistics().failure().contains("crash before the mark"));
        first.put(profile("1", "newest"));
        services.close();

        Owner<String, Profile> owner = owner();
        Copy<String, Profile> copy = open("audit").copy(StateOutboxChild.PROFILES);
        StateOutbox<String, Profile> outbox = owner.outbox(database, BRISK);
        awaitEmpty(outbox::statistics);
        assertThat(outbox.statistics().recognised()).isEqualTo(2);
        assertThat(outbox.statistics().published()).isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(copy.digest()).isEqualTo(owner.digest()));
        assertThat(copy.read("1")).isInstanceOfSatisfying(Reading.Fresh.class, fresh -> {
            assertThat(fresh.value()).isEqualTo(profile("1", "newest"));
            assertThat(fresh.mark().version()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource
    void anErasedKeyIsNotBroughtBackByWhatWaits(Databases kind) {
        DataSource database = kind.create();
        Owner<String, Profile> owner = owner();
        StateOutbox<String, Profile> outbox = owner.outbox(database, BRISK);
        commit(database, connection -> outbox.put(connection, profile("1", NAME)));
        commit(database, connection -> outbox.put(connection, profile("2", "stays")));
        awaitEmpty(outbox::statistics);
        commit(database, connection -> outbox.put(connection, profile("1", NAME + " again")));

        owner.erase("1");

        assertThat(DataFiles.holding(folder, NAME)).isEmpty();
        assertThat(owner.size()).isEqualTo(1);
        outbox.close();
        refused(ErrorCode.CAPABILITY, "", () -> owner.erase("2"));
    }

    @ParameterizedTest
    @EnumSource
    void badCallsAreRefused(Databases kind) throws SQLException {
        DataSource database = kind.create();
        StateOutbox<String, Profile> outbox = owner().outbox(database, BRISK);
        try (Connection connection = database.getConnection()) {
            refused(ErrorCode.TRANSACTION, "", () -> outbox.put(connection, profile("1", "a")));
            connection.setAutoCommit(false);
            refused(ErrorCode.BAD_VALUE, "", () -> outbox.put(connection, profile("", "a")));
            refused(ErrorCode.BAD_VALUE, "", () -> outbox.put(connection, profile("1", "x".repeat(1 << 20))));
            outbox.close();
            refused(ErrorCode.CLOSED, "", () -> outbox.remove(connection, "1"));
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
