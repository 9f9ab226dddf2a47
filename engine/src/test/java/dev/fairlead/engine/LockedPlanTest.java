package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.StateItem;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.lock.Lock;
import dev.fairlead.planner.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service runs what was decided, and what was locked where there is a lock. */
class LockedPlanTest {
    record Country(String code, String name) {}

    private static final StateItem<String, Country> COUNTRIES =
            StateItem.of("geo.country", String.class, Country.class);
    private static final String READER = "service: shop\nneeds:\n  geo.country: { reads: 9/s, within: 60s }\n";

    @TempDir
    Path folder;

    @BeforeEach
    void writeThePlan() throws IOException {
        write("geo.yaml", """
                service: geo
                shares:
                  country: { kind: state, key: code, fields: { code: string, name: string }, keys: 200, changes: rarely }
                """);
        write("shop.yaml", READER);
        write("landscape.yaml", "mechanisms: { embedded: { durability: D0 } }\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void lock() throws IOException {
        Plan plan = PlanFiles.read(List.of(folder), null);
        LockFile.write(LockFile.of(folder, null), Lock.of(plan, Decisions.decide(plan), null));
    }

    private Fairlead open(String service) {
        return Opening.of(service, folder).open();
    }

    @Test
    void opensByTheLockAsLongAsThePlanIsWhatWasLocked() throws IOException {
        lock();
        try (Fairlead shop = open("shop")) {
            assertThat(shop.copy(COUNTRIES)).isNotNull();
        }
    }

    @Test
    void doesNotOpenAPlanThatNobodyHasReviewed() throws IOException {
        lock();
        write("shop.yaml", READER.replace("within: 60s", "within: 0s"));

        assertThatThrownBy(() -> open("shop"))
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PLAN))
                .hasMessageContaining("the plan of shop is not what ")
                .hasMessageContaining("geo.country: reader shop: feed on embedded -> request on embedded")
                .hasMessageEndingWith("(run `fairlead plan --write-lock` and have the changes reviewed)");
        lock();
        open("shop").close();
    }

    @Test
    void opensAServiceThatAChangeDoesNotConcern() throws IOException {
        lock();
        write("other.yaml", "service: other\nneeds:\n  geo.country: { reads: 9/s, within: 60s }\n");

        open("shop").close();
        assertThatThrownBy(() -> open("other")).hasMessageContaining("geo.country: is new");
        assertThatThrownBy(() -> open("geo")).as("the owner gets a reader").hasMessageContaining("reader other");
    }

    @Test
    void doesNotOpenByALockThatIsDamaged() throws IOException {
        lock();
        write("fairlead.lock", "lock 1\nitem geo.country\n<<<<<<< HEAD\n");

        assertThatThrownBy(() -> open("shop"))
                .hasMessageContaining("fairlead.lock:3:1: this line is not as it was written");
    }

    @Test
    void refusesACopyWhereItWasDecidedToAsk() throws IOException {
        write("shop.yaml", READER.replace("within: 60s", "within: 0s"));
        try (Fairlead shop = open("shop")) {
            assertThatThrownBy(() -> shop.copy(COUNTRIES))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PLAN))
                    .hasMessageContaining("shop is to ask for geo.country and not to copy it: it must decide on the"
                            + " current value")
                    .hasMessageContaining("`fairlead plan DIR --explain geo.country@shop`");
            Lookup<String, Country> lookup = shop.lookup(COUNTRIES);
            assertThat(lookup).isNotNull();
        }
    }

    @Test
    void copiesWhereThePlanPinsAFeed() throws IOException {
        write("shop.yaml", READER.replace("reads: 9/s", "reads: 0/s, scenario: feed, because: it is shown offline"));
        try (Fairlead shop = open("shop")) {
            assertThat(shop.copy(COUNTRIES)).isNotNull();
        }
    }
}
