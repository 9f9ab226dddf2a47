package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call that must fail says. */
final class Refusals {
    private Refusals() {}

    static void refused(ErrorCode code, String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(says);
    }
}
