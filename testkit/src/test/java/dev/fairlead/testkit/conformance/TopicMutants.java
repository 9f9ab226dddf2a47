package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TopicSubscription;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Mechanisms that fan out wrongly. */
final class TopicMutants {
    private TopicMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.declaredRefused(Capability.TOPIC, "topics"),
                topics("lets subscriptions compete", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    public TopicSubscription subscribe(String topic) {
                        return subscribe(topic, "all");
                    }
                }),
                topics(
                        "keeps nothing for durable subscriptions",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public TopicSubscription subscribe(String topic, String name) {
                                return subscribe(topic);
                            }
                        }),
                topics(
                        "never ends a durable subscription",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public void unsubscribe(String topic, String name) {}
                        }),
                topics("loses the header", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    public CompletableFuture<?> publish(String topic, Question message) {
                        return super.publish(topic, new Question(new byte[0], message.payload()));
                    }
                }),
                topics("cuts what is too large", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    public CompletableFuture<?> publish(String topic, Question message) {
                        return super.publish(
                                topic,
                                new Question(
                                        cut(message.header(), Question.MAX_HEADER),
                                        cut(message.payload(), Question.MAX_PAYLOAD)));
                    }
                }),
                topics("gives the newest first", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    public TopicSubscription subscribe(String topic) {
                        return new Changed(super.subscribe(topic)) {
                            @Override
                            public List<Question> poll(int most, Duration wait) {
                                return super.poll(most, wait).reversed();
                            }
                        };
                    }
                }),
                topics(
                        "takes what it handed out for done",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public TopicSubscription subscribe(String topic, String name) {
                                return new Changed(super.subscribe(topic, name)) {
                                    @Override
                                    public void close() {
                                        super.poll(1, Duration.ZERO);
                                        super.close();
                                    }
                                };
                            }
                        }),
                Mutant.of(
                        "topic ends",
                        "goes on after the close",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeTopics() {}
                        }));
    }

    private static Mutant topics(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("topics", name, opener);
    }

    private static byte[] cut(byte[] bytes, int longest) {
        return bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }

    /** A subscription of which one thing is changed. */
    private abstract static class Changed implements TopicSubscription {
        private final TopicSubscription inner;

        Changed(TopicSubscription inner) {
            this.inner = inner;
        }

        @Override
        public List<Question> poll(int most, Duration wait) {
            return inner.poll(most, wait);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
