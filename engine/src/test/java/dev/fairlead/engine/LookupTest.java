package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.testkit.SettableTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTest {
    record Profile(String customerId, String name, String email, int visits) {}

    record Billed(String customerId, String name) {}

    record Peeking(String customerId, String email) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);
    private static final StateItem<String, Billed> BILLED = StateItem.of("profile.profile", String.class, Billed.class);
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private final Deque<Fairlead> open = new ArrayDeque<>();

    @AfterEach
    void close() {
        open.forEach(Fairlead::close);
    }

    @Test
    void aLookupReadsTheNewestCommittedValueWithoutACopyOrAHandler() {
        PlanFolder.in(folder, "D1");
        PlanFolder.write(folder, "billing.yaml", PlanFolder.BILLING.replace("within: 5s", "within: 0s"));
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Lookup<String, Billed> lookup = open("billing").lookup(BILLED);

        assertThat(lookup.read("1")).isEqualTo(new Reading.Absent<>());
        owner.put(new Profile("1", "Ada", "ada@example.org", 1));
        owner.put(new Profile("1", "Ada L.", "ada@example.org", 2));
        assertThat(lookup.read("1")).isInstanceOfSatisfying(Reading.Fresh.class, fresh -> {
            assertThat(fresh.value()).isEqualTo(new Billed("1", "Ada L."));
            assertThat(fresh.mark().version()).isEqualTo(2);
            assertThat(fresh.mark().changed()).isEqualTo(time.now());
        });
        owner.remove("1");
        assertThat(lookup.read("1")).isEqualTo(new Reading.Absent<>());
    }

    @Test
    void aLookupWorksWhileTheOwnerIsDownAndEndsWithItsService() {
        PlanFolder.in(folder, "D1");
        Fairlead owner = open("profile");
        Fairlead billing = open("billing");
        Lookup<String, Billed> lookup = billing.lookup(BILLED);
        owner.own(PROFILES).put(new Profile("1", "Ada", "e", 1));
        owner.close();

        assertThat(lookup.read("1")).isInstanceOf(Reading.Fresh.class);
        billing.close();
        assertThat(failure(() -> lookup.read("1")).code()).isEqualTo(ErrorCode.CLOSED);
    }

    @Test
    void onlyTheFieldsOfTheReadersPlanCanBeLookedUp() {
        PlanFolder.in(folder, "D1");
        StateItem<String, Peeking> peeking = StateItem.of("profile.profile", String.class, Peeking.class);

        assertThat(failure(() -> open("billing").lookup(peeking)))
                .hasMessageContaining("email")
                .hasMessageContaining("not among the fields that this service uses");
    }

    @Test
    void aReaderThatRefusesStaleValuesGetsAnErrorThatNamesAgeAndLimit() {
        Copy<String, Billed> copy = staleCopy("when-stale: refuse");

        FairleadException failure = failure(() -> copy.get("1"));

        assertThat(failure.code()).isEqualTo(ErrorCode.STALE);
        assertThat(failure).hasMessageContaining("PT6S old").hasMessageContaining("allows PT5S");
        assertThat(copy.read("1")).isInstanceOf(Reading.Stale.class);
    }

    @Test
    void aReaderThatServesStaleValuesGetsThemWithTheirAge() {
        Copy<String, Billed> copy = staleCopy("when-stale: serve");

        assertThat(copy.get("1"))
                .isInstanceOfSatisfying(
                        Reading.Stale.class, stale -> assertThat(stale.age()).isEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    void aPlanThatSaysNothingServes() {
        Copy<String, Billed> copy = staleCopy("");

        assertThat(copy.get("1")).isInstanceOf(Reading.Stale.class);
        assertThat(copy.get("unknown")).isInstanceOf(Reading.Unready.class);
    }

    @Test
    void aReaderThatAsksTheOwnerGetsTheNewestValueOfTheTable() {
        Copy<String, Billed> copy = staleCopy("when-stale: ask-owner");

        assertThat(copy.get("1"))
                .isInstanceOfSatisfying(
                        Reading.Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(new Billed("1", "Ada")));
        assertThat(copy.get("unknown")).isInstanceOf(Reading.Absent.class);
    }

    @Test
    void aFreshValueComesFromTheCopyWhateverThePlanSays() {
        Copy<String, Billed> copy = copy("when-stale: refuse");

        assertThat(copy.get("1")).isInstanceOf(Reading.Fresh.class);
        assertThat(copy.get("unknown")).isInstanceOf(Reading.Absent.class);
    }

    private Copy<String, Billed> staleCopy(String word) {
        Copy<String, Billed> copy = copy(word);
        open.getLast().close();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> copy.health().state() == HealthState.LIVE);
        Duration age = copy.health().age();
        time.advance(Duration.ofSeconds(6).minus(age));
        return copy;
    }

    private Copy<String, Billed> copy(String word) {
        PlanFolder.in(folder, "D1");
        PlanFolder.write(folder, "billing.yaml", """
                service: billing
                needs:
                  profile.profile:
                    uses: [ customerId, name ]
                    within: 5s
                    why: invoices carry the name
                    %s
                """.formatted(word));
        Owner<String, Profile> owner = open("profile").own(PROFILES);
        Copy<String, Billed> copy = open("billing").copy(BILLED);
        Receipt receipt = owner.put(new Profile("1", "Ada", "e", 1));
        copy.awaitLive(SOON);
        copy.read("1", receipt, SOON);
        return copy;
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
