package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes of state that happen only if the key's value has the expected version. */
class ExpectedVersionTest {
    record Profile(String customerId, String name, String email, int visits) {}

    private static final StateItem<String, Profile> PROFILES =
            StateItem.of("profile.profile", String.class, Profile.class);

    @TempDir
    Path folder;

    private Fairlead fairlead;
    private Owner<String, Profile> owner;

    @BeforeEach
    void open() {
        fairlead = Opening.of("profile", PlanFolder.in(folder, "D1")).open();
        owner = fairlead.own(PROFILES);
    }

    @AfterEach
    void close() {
        fairlead.close();
    }

    private static Profile visited(int visits) {
        return new Profile("1", "Ada", "e", visits);
    }

    private static void conflicts(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
    }

    @Test
    void aValueIsReplacedOnlyAtItsVersion() {
        conflicts(() -> owner.put(visited(1), Expected.version(1)));
        assertThat(owner.put(visited(1), Expected.none()).version()).isEqualTo(1);
        conflicts(() -> owner.put(visited(2), Expected.none()));
        conflicts(() -> owner.put(visited(2), Expected.version(2)));
        assertThat(owner.put(visited(2), Expected.version(1)).version()).isEqualTo(2);
        conflicts(() -> owner.remove("1", Expected.version(1)));
        assertThat(owner.remove("1", Expected.version(2)).version()).isEqualTo(3);
        assertThat(owner.size()).isZero();
    }

    @Test
    void aRemovedKeyHasNoValueAndItsVersionsGoOn() {
        owner.put(visited(1));
        owner.remove("1");

        conflicts(() -> owner.put(visited(2), Expected.version(2)));
        assertThat(owner.put(visited(2), Expected.none()).version()).isEqualTo(3);
    }

    @Test
    void theVersionIsKnownAfterARestart() {
        owner.put(visited(1));
        fairlead.close();
        fairlead = Opening.of("profile", folder).open();
        owner = fairlead.own(PROFILES);

        conflicts(() -> owner.put(visited(2), Expected.none()));
        assertThat(owner.put(visited(2), Expected.version(1)).version()).isEqualTo(2);
    }

    @Test
    void ofManyWhoExpectTheSameOneWrites() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        for (int round = 0; round < 50; round++) {
            Expected expected = new Expected(round);
            List<Thread> racing = IntStream.range(0, 4)
                    .mapToObj(each -> Thread.ofPlatform().start(() -> {
                        try {
                            owner.put(visited(each), expected);
                            written.incrementAndGet();
                        } catch (FairleadException lost) {
                            assertThat(lost.code()).isEqualTo(ErrorCode.VERSION_CONFLICT);
                        }
                    }))
                    .toList();
            for (Thread each : racing) {
                each.join();
            }
        }

        assertThat(written).hasValue(50);
    }
}
