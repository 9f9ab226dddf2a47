package dev.fairlead.benchmarks;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Fairlead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Questions and answers between two services of one process; beside a call that is handed to a virtual thread and awaited. */
record AskMeasurement(Run run) {
    private static final String RATE = "questions, 16 askers";
    private static final String LATENCY = "one question after the other";
    private static final String HANDED = "a call handed to a virtual thread";
    private static final String ASK = "fairlead ask";
    private static final int ASKERS = 16;

    @FunctionalInterface
    private interface Calls {
        long call(int number) throws Exception;
    }

    @FunctionalInterface
    private interface Measure<T> {
        T of(Calls calls) throws Exception;
    }

    void measure(Measurements into) throws Exception {
        Rates rates = Rates.measure(
                RATE,
                run,
                new Rounds<Double>().of(HANDED, () -> handed(this::rate)).of(ASK, () -> asked(this::rate)));
        rates.table(HANDED, into);
        into.figure("ask.perSecond", rates.of(ASK));
        into.figure("ask.referencePerSecond", rates.of(HANDED));
        into.atLeast("ask.perSecond", rates.of(ASK), 100_000);
        Map<String, List<Latency>> rounds = new Rounds<Latency>()
                .of(HANDED, () -> handed(this::latency))
                .of(ASK, () -> asked(this::latency))
                .measure(LATENCY, run);
        Latency.table(LATENCY, rounds, into);
        Latency ask = Latency.median(Objects.requireNonNull(rounds.get(ASK)));
        into.figure("ask.p50Micros", ask.p50());
        into.figure("ask.p99Micros", ask.p99());
        into.atMost("ask.p50Micros", ask.p50(), 30);
    }

    private <T> T handed(Measure<T> measure) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return measure.of(
                    number -> threads.submit(() -> price(number)).get().cents());
        }
    }

    private <T> T asked(Measure<T> measure) throws Exception {
        try (Scratch scratch = run.scratch()) {
            Sales.writePlan(scratch.folder(), "D1");
            try (Fairlead shop = Sales.open("shop", scratch.folder());
                    Fairlead till = Sales.open("till", scratch.folder());
                    Answering answering = shop.answer(Sales.PRICE, (question, asked) -> price(question.quantity()))) {
                T measured = measure.of(number -> till.ask(Sales.PRICE, new Sales.Question("85123A", number))
                        .cents());
                if (answering.statistics().failed() > 0) {
                    throw new IllegalStateException("questions failed: " + answering.statistics());
                }
                return measured;
            }
        }
    }

    private static Sales.Price price(int quantity) {
        return new Sales.Price(255L * quantity, "GBP");
    }

    private double rate(Calls calls) throws Exception {
        int count = run.of(400_000) / ASKERS * ASKERS;
        call(calls, count / 4);
        long begin = System.nanoTime();
        call(calls, count);
        return count / Seconds.since(begin);
    }

    private static void call(Calls calls, int count) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        for (int asker = 0; asker < ASKERS; asker++) {
            int first = asker;
            work.add(() -> {
                for (int number = first; number < count; number += ASKERS) {
                    check(number, calls.call(number));
                }
                return null;
            });
        }
        Together.run(work);
    }

    private Latency latency(Calls calls) throws Exception {
        int count = run.of(100_000);
        double[] micros = new double[count];
        for (int number = -count; number < count; number++) {
            long begin = System.nanoTime();
            long answer = calls.call(Math.abs(number));
            if (number >= 0) {
                micros[number] = (System.nanoTime() - begin) / 1e3;
            }
            check(Math.abs(number), answer);
        }
        Percentiles percentiles = new Percentiles(micros);
        double p50 = percentiles.at(0.5);
        return new Latency(p50, percentiles.at(0.99), 1e6 / p50);
    }

    private static void check(int number, long answer) {
        if (answer != 255L * number) {
            throw new IllegalStateException("the answer to " + number + " was " + answer);
        }
    }
}
