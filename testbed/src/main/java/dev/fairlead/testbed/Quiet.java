package dev.fairlead.testbed;

import dev.fairlead.api.Fairlead;
import dev.fairlead.engine.OpenWork;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits until two looks in a row find nothing busy, and nothing that has moved between them. */
final class Quiet {
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

    private Quiet() {}

    /** One look at all services. */
    private record Look(Set<String> busy, Set<String> waiting, Map<String, Long> marks) {
        static Look at(List<Fairlead> services) {
            Look look = new Look(new LinkedHashSet<>(), new LinkedHashSet<>(), new HashMap<>());
            for (Fairlead service : services) {
                OpenWork work = OpenWork.of(service);
                look.busy.addAll(work.busy());
                look.waiting.addAll(work.waiting());
                work.marks().forEach((part, reached) -> look.marks.merge(part, reached, Long::sum));
            }
            return look;
        }

        boolean stillAs(Look before) {
            return busy.isEmpty() && before.busy.isEmpty() && marks.equals(before.marks);
        }
    }

    static List<String> await(Supplier<List<Fairlead>> services, Duration patience) {
        long begin = System.nanoTime();
        Look before = Look.at(services.get());
        while (true) {
            Look look = Look.at(services.get());
            if (look.stillAs(before)) {
                return List.copyOf(look.waiting);
            }
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new AssertionError(loud(look, patience));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting for quiet");
            }
            before = look;
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static String loud(Look look, Duration patience) {
        String outstanding = look.busy.isEmpty()
                ? "something was done all the time"
                : "outstanding:\n  " + String.join("\n  ", look.busy);
        String waiting = look.waiting.isEmpty()
                ? ""
                : "\nwaiting for the clock or for a service:\n  " + String.join("\n  ", look.waiting);
        return "not quiet after " + patience + "; " + outstanding + waiting;
    }
}
