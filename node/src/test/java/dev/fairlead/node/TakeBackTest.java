package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.junit.jupiter.api.Test;

class TakeBackTest {
    private long now = Long.MAX_VALUE - 1; // the clock may run over
    private boolean isOurs = true;
    private int taken;
    private final TakeBack takeBack = new TakeBack(
            () -> {
                taken++;
                isOurs = true;
            },
            () -> now);

    @Test
    void whatNobodyTookIsNotTakenBack() {
        assertThat(write()).isEqualTo("written");
        now += TakeBack.PAUSE.toNanos();
        assertThat(write()).isEqualTo("written");
        assertThat(taken).isZero();
    }

    @Test
    void whatAnotherTookIsHisForAWhileAndThenTakenBack() {
        isOurs = false;
        assertThatThrownBy(this::write).isInstanceOf(FairleadException.class);
        now += TakeBack.PAUSE.toNanos() - 1;
        assertThatThrownBy(this::write).isInstanceOf(FairleadException.class);
        assertThat(taken).isZero();
        now++;
        assertThat(write()).isEqualTo("written");
        assertThat(write()).isEqualTo("written");
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void aWhileBeginsAnewWithEachLoss() {
        for (int loss = 1; loss <= 3; loss++) {
            isOurs = false;
            assertThatThrownBy(this::write).isInstanceOf(FairleadException.class);
            now += TakeBack.PAUSE.toNanos();
            write();
            assertThat(taken).isEqualTo(loss);
        }
    }

    private String write() {
        return takeBack.during(() -> {
            if (!isOurs) {
                throw new FairleadException(ErrorCode.FENCED, "another one has it");
            }
            return "written";
        });
    }
}
