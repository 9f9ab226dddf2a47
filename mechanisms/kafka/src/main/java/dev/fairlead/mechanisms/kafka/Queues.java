package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.LogLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of one opening, each looked for when it is first used. Safe for many threads. */
final class Queues {
    private final Opening opening;
    private final TimeSource time;
    private final Map<String, KafkaQueue> open = new ConcurrentHashMap<>();

    Queues(Opening opening, TimeSource time) {
        this.opening = opening;
        this.time = time;
    }

    /** The queue; fails with PLAN when it is not defined. */
    KafkaQueue of(String name) {
        opening.checkOpen();
        LogLimits.checkName(name);
        KafkaQueue known = open.get(name);
        if (known != null) {
            return known;
        }
        Topic topic = opening.topics().findQueue(name);
        synchronized (this) {
            KafkaQueue made = open.get(name);
            if (made == null) {
                made = new KafkaQueue(name, opening, topic, time);
                opening.join(made);
                open.put(name, made);
            }
            return made;
        }
    }
}
