package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.input.LogLimits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The positions of groups, as the committed offsets of Kafka groups that have no members. Safe for many threads. */
final class Positions {
    private final Cluster cluster;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Positions(Cluster cluster) {
        this.cluster = cluster;
    }

    private static String id(TopicPartition partition, String group) {
        return partition.topic() + "/" + group;
    }

    /** Kafka compares nothing, so another process that commits for the group at the same moment is not noticed. */
    void commit(TopicPartition partition, String group, long next) {
        String id = id(partition, group);
        synchronized (locks.computeIfAbsent(id, any -> new Object())) {
            long noted = committed(partition, group).map(Position::offset).orElse(0L);
            if (next < noted) {
                throw LogLimits.bad("group " + group + " of " + partition.topic() + " is at " + noted
                        + " and cannot go back to " + next);
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(next));
            cluster.await(
                    "noting the position of group " + id,
                    cluster.admin().alterConsumerGroupOffsets(id, offsets).all());
        }
    }

    Optional<Position> committed(TopicPartition partition, String group) {
        String id = id(partition, group);
        try {
            OffsetAndMetadata found = cluster.await(
                            "a look at the position of group " + id,
                            cluster.admin().listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata())
                    .get(partition);
            return Optional.ofNullable(found).map(offset -> new Position(0, offset.offset()));
        } catch (FairleadException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
