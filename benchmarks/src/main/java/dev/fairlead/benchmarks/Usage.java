package dev.fairlead.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * What this process needed for some records; the server's part is not in it.
 *
 * @param perSecond how many records a second
 * @param micros processor time of all threads for each record
 * @param bytes allocated by all threads for each record
 */
record Usage(double perSecond, double micros, double bytes) {
    private static final double NANOS_PER_MICRO = 1e3;

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static Usage of(int records, Work work) throws Exception {
        long processor = processorNanos();
        long allocated = allocatedBytes();
        long begin = System.nanoTime();
        work.run();
        double seconds = Seconds.since(begin);
        return new Usage(
                records / seconds,
                (processorNanos() - processor) / NANOS_PER_MICRO / records,
                (double) (allocatedBytes() - allocated) / records);
    }

    /** What another process has said of itself: the three numbers, with spaces between. */
    static Usage of(String said) {
        String[] numbers = said.split(" ", -1);
        if (numbers.length != 3) {
            throw new IllegalStateException("a measured process said: " + said);
        }
        return new Usage(
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2]));
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long allocatedBytes() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getTotalThreadAllocatedBytes();
    }
}
