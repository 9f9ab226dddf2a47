package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What scenarios expect; each failure says what was expected of which thing. */
final class Expect {
    private Expect() {}

    static void that(boolean condition, String expected) {
        if (!condition) {
            throw new AssertionError("expected " + expected);
        }
    }

    static void equal(@Nullable Object actual, @Nullable Object expected, String what) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("expected " + what + " to be " + expected + ", but was " + actual);
        }
    }

    static void bytes(byte[] actual, byte[] expected, String what) {
        int at = Arrays.mismatch(actual, expected);
        if (at >= 0) {
            throw new AssertionError("expected " + what + " to come back byte for byte, but " + actual.length + " of "
                    + expected.length + " bytes came, and differ from byte " + at);
        }
    }

    /** The call fails with the code, and its message names the thing. */
    static void fails(ErrorCode code, String named, Call call) {
        fails(EnumSet.of(code), named, call);
    }

    static void fails(Set<ErrorCode> codes, String named, Call call) {
        FairleadException failure = failureOf(codes, call);
        String message = String.valueOf(failure.getMessage());
        that(message.contains(named), "a message that names '" + named + "', but was: " + message);
    }

    static void fails(ErrorCode code, Call call) {
        failureOf(EnumSet.of(code), call);
    }

    private static FairleadException failureOf(Set<ErrorCode> codes, Call call) {
        try {
            call.run();
        } catch (FairleadException failure) {
            if (!codes.contains(failure.code())) {
                throw new AssertionError(
                        "expected a failure with " + codes + ", but was " + describe(failure), failure);
            }
            return failure;
        } catch (Exception other) {
            throw new AssertionError("expected a failure with " + codes + ", but was " + other, other);
        }
        throw new AssertionError("expected a failure with " + codes + ", but it worked");
    }

    static String describe(Throwable thrown) {
        if (thrown instanceof ExecutionException && thrown.getCause() != null) {
            return describe(thrown.getCause());
        }
        if (thrown instanceof FairleadException failure) {
            return failure.code() + ": " + failure.getMessage();
        }
        return thrown instanceof AssertionError ? String.valueOf(thrown.getMessage()) : thrown.toString();
    }

    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }
}
