package dev.fairlead.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs work on several threads and waits for all; the first failure comes out. */
final class Together {
    private Together() {}

    static void run(List<Callable<?>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> each : work) {
                running.add(threads.submit(each));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }
}
