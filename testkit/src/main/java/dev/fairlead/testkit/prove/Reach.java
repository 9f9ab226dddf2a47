package dev.fairlead.testkit.prove;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a server that went away from one that was away for a moment, and from a mechanism that fails. */
final class Reach {
    private final Supplier<? extends MechanismUnderTest> mechanisms;

    Reach(Supplier<? extends MechanismUnderTest> mechanisms) {
        this.mechanisms = mechanisms;
    }

    /** Opens it once more, if the failure says that it could not be reached; gives why it still cannot be. */
    @Nullable
    FairleadException lostAfter(Throwable failure) {
        return isUnreachable(failure) ? lost() : null;
    }

    /** Opens it once more, under names of its own; gives why it cannot be reached, null if it can be. */
    @Nullable
    FairleadException lost() {
        try (MechanismUnderTest fresh = mechanisms.get();
                Mechanism opened = fresh.open(TimeSource.SYSTEM)) {
            opened.capabilities();
            return null;
        } catch (FairleadException failure) {
            return failure.code() == ErrorCode.UNREACHABLE ? failure : null;
        }
    }

    private static boolean isUnreachable(Throwable failure) {
        if (failure instanceof FairleadException known && known.code() == ErrorCode.UNREACHABLE) {
            return true;
        }
        return Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                .anyMatch(Reach::isUnreachable);
    }

    /** What failed, in words, and what failed beside it when its data was to be taken away. */
    static String describe(Throwable failure) {
        String beside = Arrays.stream(failure.getSuppressed())
                .map(each -> "; and then: " + words(each))
                .reduce("", String::concat);
        return words(failure) + beside;
    }

    private static String words(Throwable failure) {
        if (failure instanceof FairleadException known) {
            return known.code() + ": " + known.getMessage();
        }
        return failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
