package dev.fairlead.node.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.OutsideView.Allowance;
import dev.fairlead.planner.OutsideView.Limits;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientAllowancesTest {
    private static final Limits QUOTA = new Limits(null, new Allowance(3, Duration.ofHours(1)));
    private static final Limits RATE = new Limits(new Allowance(2, Duration.ofSeconds(1)), null);

    private final SettableTime time = SettableTime.create();
    private final ClientAllowances allowances = new ClientAllowances(time, 2);

    private boolean isAdmitted(String client, Limits limits) {
        return allowances.take("view", client, limits).admission() == CallerRooms.Admission.ADMITTED;
    }

    @Test
    void aQuotaIsForAWindowThatBeginsWithTheFirstCall() {
        for (int left = 2; left >= 0; left--) {
            assertThat(allowances.take("view", "a", QUOTA).left())
                    .extracting(Spent::remaining)
                    .containsExactly((long) left);
        }
        time.advance(Duration.ofMinutes(59));
        Taking over = allowances.take("view", "a", QUOTA);
        assertThat(over.admission()).isEqualTo(CallerRooms.Admission.TOO_FAST);
        assertThat(over.waitSeconds()).isEqualTo(60);
        assertThat(isAdmitted("b", QUOTA)).isTrue();
        time.advance(Duration.ofMinutes(1));
        assertThat(allowances.take("view", "a", QUOTA).left().getFirst().remaining())
                .isEqualTo(2);
    }

    @Test
    void aRateComesBackBitByBit() {
        assertThat(isAdmitted("a", RATE)).isTrue();
        assertThat(isAdmitted("a", RATE)).isTrue();
        assertThat(isAdmitted("a", RATE)).isFalse();
        time.advance(Duration.ofMillis(499));
        assertThat(isAdmitted("a", RATE)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(isAdmitted("a", RATE)).isTrue();
        assertThat(isAdmitted("a", RATE)).isFalse();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        Limits both = new Limits(new Allowance(1, Duration.ofSeconds(1)), new Allowance(2, Duration.ofHours(1)));
        assertThat(isAdmitted("a", both)).isTrue();
        for (int call = 0; call < 9; call++) {
            assertThat(isAdmitted("a", both)).isFalse();
        }
        time.advance(Duration.ofSeconds(1));
        assertThat(isAdmitted("a", both)).isTrue();
    }

    @Test
    void whoCannotBeCountedIsNotAdmittedUntilOthersAreForgotten() {
        assertThat(isAdmitted("a", QUOTA)).isTrue();
        assertThat(isAdmitted("b", QUOTA)).isTrue();
        assertThat(allowances.take("view", "c", QUOTA).admission()).isEqualTo(CallerRooms.Admission.FULL);
        assertThat(isAdmitted("c", new Limits(null, null))).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(isAdmitted("c", QUOTA)).isTrue();
    }
}
