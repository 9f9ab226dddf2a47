package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/** Ending producers. */
final class Producers {
    private static final System.Logger LOG = System.getLogger(Producers.class.getName());

    private Producers() {}

    /** Ends the producer at once; what it holds is given up. */
    static void discard(KafkaProducer<byte[], byte[]> producer) {
        Uninterrupted.run(() -> {
            try {
                producer.close(Duration.ZERO);
            } catch (KafkaException e) {
                LOG.log(System.Logger.Level.DEBUG, "a producer did not end in order", e);
            }
        });
    }
}
