package dev.fairlead.benchmarks;

import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The start of a copy of a million keys from Kafka, beside a plain consumer that reads the same topic and looks at nothing. */
record BootstrapMeasurement(Run run) {
    private static final String RAW = "kafka-clients, nothing decoded";
    private static final String COPY = "fairlead, copy is live";
    /** Until so many have started, Java compiles what they run, on the two processors that they would have. */
    private static final int STARTS_BEFORE = 5;

    void measure(ServerPlace place, Measurements into) throws Exception {
        int keys = run.of(1_000_000);
        try (ServerFeed feed = new ServerFeed(place, run)) {
            run.progress().step("kafka: writing " + keys + " keys");
            feed.putAsync(keys, keys);
            for (int start = 1; start <= run.of(STARTS_BEFORE); start++) {
                run.progress()
                        .step("kafka: start " + start + " of " + run.of(STARTS_BEFORE) + " before any that counts");
                raw(feed, keys);
                copied(feed, keys);
            }
            Rates rates = Rates.measure(
                    "kafka, start of a copy of " + keys + " keys",
                    run,
                    new Rounds<Double>().of(RAW, () -> raw(feed, keys)).of(COPY, () -> copied(feed, keys)));
            new Beside(RAW, COPY).judge("kafka.bootstrap", rates, 0.7, into);
        }
    }

    /** The clock begins before the service is opened. */
    private static double copied(ServerFeed feed, int keys) {
        long begin = System.nanoTime();
        try (ServerFeed.Reader reader = feed.reader()) {
            double seconds = Seconds.since(begin);
            reader.verify(keys);
            return keys / seconds;
        }
    }

    private static double raw(ServerFeed feed, int keys) {
        long begin = System.nanoTime();
        String topic = feed.place().named(Quotes.ITEM.id());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConnection(feed.place()).consumer(topic)) {
            KafkaConnection.read(consumer, keys, records -> {});
            return keys / Seconds.since(begin);
        }
    }
}
