package dev.fairlead.benchmarks;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Things told by 64 callers, each synced before it returns, while the owner handles them; beside one file with group commit. */
record TellMeasurement(Run run) {
    private static final String WHAT = "told, synced, 64 callers";
    private static final String FILE = "plain file";
    private static final String TELL = "fairlead tell, and handled";
    private static final int CALLERS = 64;

    @FunctionalInterface
    private interface Tell {
        void tell(int number) throws Exception;
    }

    void measure(Measurements into) throws Exception {
        int count = run.of(200_000) / CALLERS * CALLERS;
        Rates rates = Rates.measure(
                WHAT, run, new Rounds<Double>().of(FILE, () -> file(count)).of(TELL, () -> told(count)));
        rates.table(FILE, into);
        into.figure("tell.perSecond", rates.of(TELL));
        into.figure("tell.ratioToReference", rates.ratio(TELL, FILE));
        into.atLeast("tell.perSecond", rates.of(TELL), 20_000);
    }

    private double file(int count) throws Exception {
        Records records = new Records(Benchmark.SEED);
        try (Scratch scratch = run.scratch();
                GroupCommitFile file = new GroupCommitFile(scratch.folder(), records)) {
            call(number -> file.append(records.at(number)), count / 10);
            long begin = System.nanoTime();
            call(number -> file.append(records.at(number)), count);
            return count / Seconds.since(begin);
        }
    }

    /** The clock stops when everything is handled. */
    private double told(int count) throws Exception {
        try (Scratch scratch = run.scratch()) {
            Sales.writePlan(scratch.folder(), "D2");
            AtomicInteger handled = new AtomicInteger();
            try (Fairlead shop = Sales.open("shop", scratch.folder());
                    Fairlead till = Sales.open("till", scratch.folder());
                    Handling<Sales.Payment> handling =
                            shop.handle(Sales.PAY, (payment, told) -> handled.incrementAndGet())) {
                int warm = Math.max(CALLERS, count / 10);
                call(number -> till.tell(Sales.PAY, payment(number)), warm);
                await(handled, warm);
                long begin = System.nanoTime();
                call(number -> till.tell(Sales.PAY, payment(number)), count);
                await(handled, warm + count);
                double seconds = Seconds.since(begin);
                if (handled.get() != warm + count) {
                    throw new IllegalStateException("handled " + handled + ", and " + handling.statistics());
                }
                return count / seconds;
            }
        }
    }

    private static Sales.Payment payment(int number) {
        return new Sales.Payment(Sales.key(number), 255L * number, "GBP", "tok_4242424242424242");
    }

    private static void await(AtomicInteger handled, int wanted) {
        while (handled.get() < wanted) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static void call(Tell tell, int count) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            work.add(() -> {
                for (int number = first; number < count; number += CALLERS) {
                    tell.tell(number);
                }
                return null;
            });
        }
        Together.run(work);
    }
}
