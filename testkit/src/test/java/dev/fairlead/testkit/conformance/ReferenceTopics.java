package dev.fairlead.testkit.conformance;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import dev.fairlead.testkit.faults.MemoryTopics;
import java.util.concurrent.CompletableFuture;

/** The part of the reference mechanism that fans out. */
abstract class ReferenceTopics implements Topic {
    private final MemoryTopics.Opening topics;

    ReferenceTopics(ReferenceStore store) {
        this.topics = store.topics.open();
    }

    protected abstract void require(Capability capability, String name);

    @Override
    public CompletableFuture<?> publish(String topic, Question message) {
        try {
            require(Capability.TOPIC, topic);
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        return topics.publish(topic, message);
    }

    @Override
    public TopicSubscription subscribe(String topic) {
        require(Capability.TOPIC, topic);
        return topics.subscribe(topic);
    }

    @Override
    public TopicSubscription subscribe(String topic, String name) {
        require(Capability.TOPIC, topic);
        return topics.subscribe(topic, name);
    }

    @Override
    public void unsubscribe(String topic, String name) {
        require(Capability.TOPIC, topic);
        topics.unsubscribe(topic, name);
    }

    protected void closeTopics() {
        topics.close();
    }
}
