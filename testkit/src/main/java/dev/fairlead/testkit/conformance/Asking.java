package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A question that a scenario asked, and what it expects to come of it. */
record Asking(Scope scope, String item, CompletableFuture<Answer> outcome) {
    static final Duration DEADLINE = Duration.ofSeconds(30);

    static Asking of(Scope scope, Call call, String item, String question) {
        return of(scope, call, item, question, DEADLINE);
    }

    static Asking of(Scope scope, Call call, String item, String question, Duration deadline) {
        return new Asking(scope, item, call.ask(item, question(question), deadline));
    }

    static Question question(String text) {
        return new Question(new byte[] {3}, text.getBytes(UTF_8));
    }

    static Answer.Given given(String text) {
        return new Answer.Given(new byte[] {4}, text.getBytes(UTF_8));
    }

    static String text(Question question) {
        return new String(question.payload(), UTF_8);
    }

    Answer answer() throws Exception {
        try {
            return outcome.get(scope.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof FairleadException cause) {
                throw cause;
            }
            throw new AssertionError("expected a question to fail with FairleadException only: " + failure, failure);
        }
    }

    String answerText() throws Exception {
        if (answer() instanceof Answer.Given given) {
            return new String(given.payload(), UTF_8);
        }
        throw new AssertionError("expected an answer, but was " + answer());
    }

    Answer.Refused refusal() throws Exception {
        if (answer() instanceof Answer.Refused refused) {
            return refused;
        }
        throw new AssertionError("expected a refusal, but was " + answer());
    }

    void fails(ErrorCode code) {
        Expect.fails(code, item, this::answer);
    }
}
