package dev.fairlead.benchmarks;

/** Requests, things told and events between two services of one process. */
public final class RequestBenchmark implements Benchmark {
    @Override
    public String name() {
        return "request";
    }

    @Override
    public String purpose() {
        return "questions and answers, things told, events handled plainly and with an inbox, and what parked keys cost the others";
    }

    @Override
    public Measurements run(Run run) throws Exception {
        Measurements measurements = new Measurements(run.effort());
        new AskMeasurement(run).measure(measurements);
        new TellMeasurement(run).measure(measurements);
        new EventMeasurement(run).measure(measurements);
        new ParkedMeasurement(run).measure(measurements);
        return measurements;
    }
}
