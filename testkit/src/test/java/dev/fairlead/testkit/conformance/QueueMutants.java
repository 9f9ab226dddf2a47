package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Sent;
import dev.fairlead.testkit.conformance.ReferenceQueues.Held;
import dev.fairlead.testkit.conformance.ReferenceQueues.QueueData;
import dev.fairlead.testkit.conformance.ReferenceQueues.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Mechanisms that carry messages wrongly. */
final class QueueMutants {
    private QueueMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.declaredRefused(Capability.QUEUE, "queue"),
                Mutant.declaredRefused(Capability.SCHEDULE, "schedule"),
                Mutant.declaredRefused(Capability.ERASE_MESSAGES, "message erasure"),
                Mutant.of(
                        "message erasure",
                        "leaves dead letters when it erases",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected int eraseDead(QueueData data, Predicate<Question> which) {
                                return 0;
                            }
                        }),
                queue(
                        "hands one message to two receivers",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean mayTake(Stored message) {
                                return true;
                            }
                        }),
                queue(
                        "forgets what was acknowledged when it is held no more",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void acknowledge(QueueData data, Stored message) {
                                message.notBefore = time().now().plusSeconds(1);
                            }
                        }),
                queue("puts new messages first", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void enqueue(QueueData data, Stored message) {
                        data.messages.addFirst(message);
                    }
                }),
                queue(
                        "loses one message in a thousand",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            private int count;

                            @Override
                            protected void enqueue(QueueData data, Stored message) {
                                if (++count % 1000 != 0) {
                                    super.enqueue(data, message);
                                }
                            }
                        }),
                queue(
                        "keeps the receipt below what was asked for",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Sent receipt(Durability durability) {
                                return new Sent(Durability.D0);
                            }
                        }),
                queue("takes messages of any size", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkQuestion(String item, Question question) {}
                }),
                leases("never ends a lease", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected boolean leaseOver(long nanosBeyondTheEnd) {
                        return false;
                    }
                }),
                leases("ends a lease a moment late", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected boolean leaseOver(long nanosBeyondTheEnd) {
                        return nanosBeyondTheEnd > 0;
                    }
                }),
                leases("fences nobody off", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected boolean fenced(Held held) {
                        return false;
                    }
                }),
                leases(
                        "fences off only when another holds the message",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean fenced(Held held) {
                                return held.stored.holder != held;
                            }
                        }),
                leases("does not count attempts", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected int attemptsAfter(int attempts) {
                        return 1;
                    }
                }),
                leases(
                        "counts what is handed back, though it says that it does not",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void handBack(QueueData data, Stored message) {
                                giveBack(data, message, Duration.ZERO);
                            }
                        }),
                leases("loses what is handed back", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void handBack(QueueData data, Stored message) {
                        data.messages.remove(message);
                    }
                }),
                leases("knows no delay", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void giveBack(QueueData data, Stored message, Duration delay) {
                        super.giveBack(data, message, Duration.ZERO);
                    }
                }),
                leases(
                        "puts what is given back first",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void giveBack(QueueData data, Stored message, Duration delay) {
                                message.notBefore = time().now().plus(delay);
                            }
                        }),
                leases("leases for ever", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkLease(QueueData data, Duration lease) {}
                }),
                Mutant.of(
                        "queue ends",
                        "keeps what a closed instance held",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeQueues() {}
                        }),
                Mutant.of(
                        "queue survival",
                        "forgets at a close what waited",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeQueues() {
                                store.queues
                                        .values()
                                        .forEach(data -> data.messages.removeIf(each -> each.holder == null));
                            }
                        }),
                Mutant.of(
                        "queue survival",
                        "forgets attempts at a close",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeQueues() {
                                super.closeQueues();
                                store.queues.values().forEach(data -> data.messages.forEach(each -> each.attempts = 0));
                            }
                        }),
                Mutant.of(
                        "queue survival",
                        "forgets delays at a close",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeQueues() {
                                super.closeQueues();
                                store.queues
                                        .values()
                                        .forEach(data -> data.messages.forEach(each -> each.notBefore = Instant.MIN));
                            }
                        }),
                Mutant.of(
                        "queue survival",
                        "gives a dead letter a number again",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeQueues() {
                                super.closeQueues();
                                store.queues.values().forEach(data -> data.nextDead = data.dead.size());
                            }
                        }),
                dead(
                        "keeps a dead letter in the queue as well",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void setAside(QueueData data, Stored message, String error) {
                                keepDead(data, message, error);
                            }
                        }),
                dead("drops what is set aside", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void keepDead(QueueData data, Stored message, String error) {}
                }),
                dead("loses the error", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void keepDead(QueueData data, Stored message, String error) {
                        super.keepDead(data, message, "");
                    }
                }),
                dead("sends again and keeps", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void redrive(QueueData data, DeadLetter letter) {
                        enqueue(data, new Stored(letter.message(), Instant.MIN));
                    }
                }),
                dead("sends again in reverse", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void redrive(QueueData data, DeadLetter letter) {
                        data.dead.remove(letter);
                        data.messages.addFirst(new Stored(letter.message(), Instant.MIN));
                    }
                }),
                dead("forgets why it dismissed", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void keepDismissal(QueueData data, Dismissal dismissal) {
                        super.keepDismissal(data, new Dismissal(dismissal.number(), "?", dismissal.time()));
                    }
                }),
                schedule(
                        "hands out before the moment",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void enqueue(QueueData data, Stored message) {
                                message.notBefore = Instant.MIN;
                                super.enqueue(data, message);
                            }
                        }),
                schedule("takes any moment", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkMoment(QueueData data, Instant notBefore) {}
                }));
    }

    private static Mutant queue(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("queue", name, opener);
    }

    private static Mutant leases(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("queue leases", name, opener);
    }

    private static Mutant dead(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("dead letters", name, opener);
    }

    private static Mutant schedule(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("schedule", name, opener);
    }
}
