package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/** Ending consumers. */
final class Consumers {
    private static final System.Logger LOG = System.getLogger(Consumers.class.getName());

    private Consumers() {}

    /** Ends the consumer at once. */
    static void discard(KafkaConsumer<byte[], byte[]> consumer) {
        Uninterrupted.run(() -> {
            try {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            } catch (KafkaException e) {
                LOG.log(System.Logger.Level.DEBUG, "a consumer did not end in order", e);
            }
        });
    }
}
