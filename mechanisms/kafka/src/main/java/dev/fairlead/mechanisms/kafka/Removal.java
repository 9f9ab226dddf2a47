package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Takes away what openings with one prefix have made: topics, and the positions of groups. */
final class Removal {
    private Removal() {}

    static void of(KafkaSettings settings) {
        String prefix = settings.prefix();
        if (prefix.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "mechanism kafka: without 'prefix' nobody can tell its topics from those of others (take them away by"
                            + " hand)");
        }
        try (Cluster cluster = Cluster.open(settings)) {
            removeGroups(cluster, prefix);
            removeTopics(cluster, prefix);
        }
    }

    private static void removeTopics(Cluster cluster, String prefix) {
        Admin admin = cluster.admin();
        Collection<String> topics =
                begun(cluster.await("a look at the topics", admin.listTopics().names()), prefix);
        try {
            cluster.await("taking topics away", admin.deleteTopics(topics).all());
        } catch (FairleadException failure) {
            if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw failure;
            }
        }
    }

    private static void removeGroups(Cluster cluster, String prefix) {
        Admin admin = cluster.admin();
        List<String> groups = begun(
                cluster.await("a look at the groups", admin.listGroups().all()).stream()
                        .map(GroupListing::groupId)
                        .toList(),
                prefix);
        try {
            cluster.await(
                    "taking positions away", admin.deleteConsumerGroups(groups).all());
        } catch (FairleadException failure) {
            if (!(failure.getCause() instanceof GroupIdNotFoundException)) {
                throw failure;
            }
        }
    }

    private static List<String> begun(Collection<String> names, String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix)).toList();
    }
}
