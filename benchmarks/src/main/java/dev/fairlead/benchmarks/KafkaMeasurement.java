package dev.fairlead.benchmarks;

import dev.fairlead.api.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Kafka: changes from an owner to a copy, beside a plain producer and consumer with the same transactions. */
record KafkaMeasurement(Run run) {
    private static final int KEYS = 10_000;
    private static final int BATCH = 5_000;
    private static final String SAME = "kafka-clients, same bytes";
    private static final String BARE = "kafka-clients, bare value";
    private static final String READY = "kafka-clients, bytes ready-made";
    private static final String FAIRLEAD = "fairlead, putAll of 5,000";
    private static final String ASYNC = "fairlead, putAsync of one";
    private static final String BINDER = "Spring Cloud Stream";
    /** It takes ten times as long as the others. */
    private static final int FEWER = 10;

    @FunctionalInterface
    private interface Feeding {
        Receipt feed(ServerFeed feed, int count);
    }

    void measure(ServerPlace place, Measurements into) throws Exception {
        int count = run.of(200_000);
        String what = "kafka, changes, owner to copy, 5,000 in a transaction";
        Rounds<Usage> subjects = new Rounds<Usage>()
                .of(SAME, () -> plain(place, KafkaClient.Shape.SAME_BYTES, count))
                .of(BARE, () -> plain(place, KafkaClient.Shape.BARE, count))
                .of(READY, () -> plain(place, KafkaClient.Shape.READY_MADE, count))
                .of(FAIRLEAD, () -> fed(place, (feed, wanted) -> feed.putAll(wanted, BATCH, KEYS), count))
                .of(ASYNC, () -> fed(place, (feed, wanted) -> feed.putAsync(wanted, KEYS), count));
        Optional<BinderProcess> binder = BinderProcess.built();
        if (binder.isPresent()) {
            subjects.of(BINDER, () -> binder.get().send(place, count / FEWER, KEYS));
        } else {
            run.progress().step("kafka: Spring Cloud Stream is left out (mvn -pl benchmarks/binder compile builds it)");
        }
        Map<String, List<Usage>> usages = subjects.measure(what, run);
        Rates rates = rates(what, usages, Usage::perSecond);
        new Beside(SAME, FAIRLEAD).judge("kafka.feed", rates, 0.85, into);
        into.figure("kafka.feed.ratioToBareValue", rates.ratio(FAIRLEAD, BARE));
        into.figure("kafka.feed.async.perSecond", rates.of(ASYNC));
        into.atLeast("kafka.feed.ratioToBareValue", rates.ratio(FAIRLEAD, BARE), 0.6);
        cost(
                "kafka, processor time for each change",
                "us",
                "kafka.feed.micros",
                rates("", usages, Usage::micros),
                into);
        cost("kafka, allocated for each change", "B", "kafka.feed.bytes", rates("", usages, Usage::bytes), into);
        new BootstrapMeasurement(run).measure(place, into);
    }

    private static Rates rates(String what, Map<String, List<Usage>> usages, ToDoubleFunction<Usage> part) {
        Map<String, List<Double>> rounds = new LinkedHashMap<>();
        usages.forEach((subject, all) ->
                rounds.put(subject, all.stream().mapToDouble(part).boxed().toList()));
        return new Rates(what, rounds);
    }

    private static void cost(String what, String unit, String figure, Rates costs, Measurements into) {
        for (String subject : costs.rounds().keySet()) {
            String ratio = subject.equals(SAME) ? "reference" : Measurements.ratio(costs.ratio(subject, SAME));
            into.row(new Measurements.Row(
                    what, subject, Measurements.number(costs.of(subject)) + " " + unit, "", ratio));
        }
        into.figure(figure, costs.of(FAIRLEAD));
        into.figure(figure + ".ratioToReference", costs.ratio(FAIRLEAD, SAME));
        into.atMost(figure + ".ratioToReference", costs.ratio(FAIRLEAD, SAME), 1.7);
    }

    private static Usage plain(ServerPlace place, KafkaClient.Shape shape, int count) throws Exception {
        try (KafkaClient client = new KafkaClient(place, shape)) {
            client.send(warm(count), BATCH, KEYS);
            return Usage.of(count, () -> client.send(count, BATCH, KEYS));
        }
    }

    private Usage fed(ServerPlace place, Feeding feeding, int count) throws Exception {
        try (ServerFeed feed = new ServerFeed(place, run);
                ServerFeed.Reader reader = feed.reader()) {
            reader.await(feeding.feed(feed, warm(count)));
            Usage usage = Usage.of(count, () -> reader.await(feeding.feed(feed, count)));
            reader.verify(count);
            return usage;
        }
    }

    private static int warm(int count) {
        return Math.max(1, count / 5);
    }
}
