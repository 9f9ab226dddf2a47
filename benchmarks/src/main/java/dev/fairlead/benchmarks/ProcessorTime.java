package dev.fairlead.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of this thread: what work on one thread takes, whatever else the machine does. */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long begin = THREADS.getCurrentThreadCpuTime();

    /** Seconds since this was made, by the same thread. */
    double seconds() {
        return (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
    }
}
