package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Mechanisms that carry questions and answers wrongly. */
final class CallMutants {
    private CallMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.declaredRefused(Capability.CALL, "calls"),
                calls("gives each asker the answer before", Exchanging::new),
                calls(
                        "loses the header of an answer",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Answer answerOf(ReferenceCalls.Asked asked, Answer answer) {
                                return answer instanceof Answer.Given given
                                        ? new Answer.Given(new byte[0], given.payload())
                                        : answer;
                            }
                        }),
                calls("tells what an answerer threw", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected Answer answerFor(Throwable thrown) {
                        return new Answer.Refused(new byte[0], Answer.FAILED, thrown.toString());
                    }
                }),
                calls("knows no limit of room", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected boolean hasRoom(int held, int room) {
                        return true;
                    }
                }),
                calls("lets any number wait", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected int mostWaiting() {
                        return Integer.MAX_VALUE;
                    }
                }),
                calls("takes questions of any size", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkQuestion(String item, Question question) {}
                }),
                calls("takes answers of any size", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected Answer checkAnswer(Answer answer) {
                        return answer;
                    }
                }),
                ends(
                        "says that a held question never ran",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected ErrorCode expiryOf(boolean held) {
                                return ErrorCode.DEADLINE;
                            }
                        }),
                ends(
                        "says that a waiting question may have run",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected ErrorCode expiryOf(boolean held) {
                                return ErrorCode.OUTCOME_UNKNOWN;
                            }
                        }),
                ends("does not count what it drops", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected long countOf(long dropped) {
                        return 0;
                    }
                }),
                ends(
                        "goes on asking a closed answerer",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void leave(ReferenceCalls calls, ReferenceCalls.Registered registered) {}
                        }),
                ends(
                        "leaves questions hanging at its close",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void closeCalls() {}
                        }));
    }

    private static Mutant calls(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("calls", name, opener);
    }

    private static Mutant ends(String name, ReferenceUnderTest.Opener opener) {
        return Mutant.of("call ends", name, opener);
    }

    /** Now and then hands out an answer that belongs to another question. */
    private static final class Exchanging extends ReferenceMechanism {
        private final AtomicReference<Answer> before =
                new AtomicReference<>(new Answer.Given(new byte[0], "forged".getBytes(UTF_8)));

        Exchanging(ReferenceStore store, Set<Capability> able, TimeSource time) {
            super(store, able, time);
        }

        @Override
        protected Answer answerOf(ReferenceCalls.Asked asked, Answer answer) {
            return before.getAndSet(answer);
        }
    }
}
