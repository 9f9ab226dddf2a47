package dev.fairlead.mechanisms.kafka;

import dev.fairlead.spi.Retention;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The topic of a log, as the brokers have it.
 *
 * @param log the log's name
 * @param partition its one partition
 * @param id what tells it from another topic of the same name
 * @param retention what it keeps
 * @param level what its settings let an acknowledged record survive
 */
record Topic(String log, TopicPartition partition, Uuid id, Retention retention, ServerLevel level) {
    String name() {
        return partition.topic();
    }

    /** Whether superseded records may be missing anywhere in it. */
    boolean compacted() {
        return retention instanceof Retention.LatestPerKey;
    }
}
