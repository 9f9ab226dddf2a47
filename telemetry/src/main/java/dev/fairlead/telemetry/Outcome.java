package dev.fairlead.telemetry;

import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestRefused;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How a piece of work ended, as one of few words: {@code ok}, the code of an error, {@code refused}, or {@code thrown}. */
final class Outcome {
    private Outcome() {}

    static String of(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "ok";
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case FairleadException known -> known.code().name().toLowerCase(Locale.ROOT);
            case RequestRefused refused -> "refused";
            default -> "thrown";
        };
    }
}
