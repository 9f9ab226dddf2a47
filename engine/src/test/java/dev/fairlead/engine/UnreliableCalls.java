package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** A carrier of questions that now and then swaps, forges, doubles or loses an answer. */
final class UnreliableCalls implements Mechanism, Call {
    private final Call inner;
    private final String name;
    private final TimeSource time;
    private final Random random;
    private final AtomicReference<Answer> earlier = new AtomicReference<>(forged());
    private final LongAdder asked = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final LongAdder lost = new LongAdder();

    <M extends Mechanism & Call> UnreliableCalls(M inner, TimeSource time, long seed) {
        this.time = time;
        this.inner = inner;
        this.name = inner.name();
        this.random = new Random(seed);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        asked.increment();
        int chance = random.nextInt(10_000);
        CompletableFuture<Answer> answer = inner.ask(item, question, deadline);
        if (chance < 100) {
            return answer.thenApply(given -> earlier.getAndSet(given));
        }
        if (chance < 200) {
            return answer.thenApply(given -> forged());
        }
        if (chance < 300) {
            doubled.increment();
            CompletableFuture<Answer> again = inner.ask(item, question, deadline);
            return answer.thenCombine(again, (one, other) -> other);
        }
        if (chance < 305) {
            lost.increment();
            CompletableFuture<Answer> nothing = new CompletableFuture<>();
            time.at(time.nanos() + deadline.toNanos(), () -> nothing.completeExceptionally(unknown(item)));
            return nothing;
        }
        return answer;
    }

    private static FairleadException unknown(String item) {
        return new FairleadException(ErrorCode.OUTCOME_UNKNOWN, "no answer from " + item + " in time");
    }

    private static Answer forged() {
        return new Answer.Given(new byte[33], new byte[] {'{', '}'});
    }

    long asked() {
        return asked.sum();
    }

    long doubled() {
        return doubled.sum();
    }

    long lost() {
        return lost.sum();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.CALL);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return inner.answer(item, room, answerer);
    }

    @Override
    public void close() {}
}
