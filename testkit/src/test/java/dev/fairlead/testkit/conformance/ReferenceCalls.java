package dev.fairlead.testkit.conformance;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The questions and answerers of all reference mechanisms on one store; guarded by its own monitor. */
final class ReferenceCalls {
    final Map<String, List<Registered>> answerers = new HashMap<>();
    final Map<String, Deque<Asked>> waiting = new HashMap<>();
    final List<Asked> unsettled = new ArrayList<>();

    static final class Asked {
        final ReferenceMechanism asker;
        final String item;
        final Question question;
        final long until;
        final CompletableFuture<Answer> outcome = new CompletableFuture<>();

        @Nullable
        Registered holder;

        Asked(ReferenceMechanism asker, String item, Question question, long until) {
            this.asker = asker;
            this.item = item;
            this.question = question;
            this.until = until;
        }
    }

    final class Registered implements OpenAnswerer {
        final ReferenceMechanism owner;
        final String item;
        final int room;
        final Answerer answerer;
        final List<Asked> held = new ArrayList<>();
        long dropped;

        Registered(ReferenceMechanism owner, String item, int room, Answerer answerer) {
            this.owner = owner;
            this.item = item;
            this.room = room;
            this.answerer = answerer;
        }

        @Override
        public long dropped() {
            synchronized (ReferenceCalls.this) {
                return dropped;
            }
        }

        @Override
        public void close() {
            synchronized (ReferenceCalls.this) {
                owner.leave(ReferenceCalls.this, this);
            }
        }
    }

    synchronized OpenAnswerer answer(ReferenceMechanism owner, String item, int room, Answerer answerer) {
        Registered registered = new Registered(owner, item, room, answerer);
        answerers.computeIfAbsent(item, none -> new ArrayList<>()).add(registered);
        serve(item);
        return registered;
    }

    synchronized void leave(Registered registered) {
        List<Registered> others = answerers.getOrDefault(registered.item, new ArrayList<>());
        others.remove(registered);
        if (others.isEmpty()) {
            Deque<Asked> lost = waiting.getOrDefault(registered.item, new ArrayDeque<>());
            while (!lost.isEmpty()) {
                fail(lost.poll(), ErrorCode.UNREACHABLE, "nobody answers any more");
            }
        }
    }

    synchronized CompletableFuture<Answer> ask(
            ReferenceMechanism asker, String item, Question question, Duration deadline, int most) {
        Asked asked = new Asked(asker, item, question, asker.time().nanos() + deadline.toNanos());
        if (!deadline.isPositive()) {
            fail(asked, ErrorCode.DEADLINE, "no time is left");
        } else if (answerers.getOrDefault(item, List.of()).isEmpty()) {
            fail(asked, ErrorCode.UNREACHABLE, "nobody answers");
        } else if (waiting(item).size() >= most) {
            fail(asked, ErrorCode.UNREACHABLE, "too many wait");
        } else {
            unsettled.add(asked);
            waiting(item).add(asked);
            serve(item);
            asker.time().at(asked.until, () -> expire(asked));
        }
        return asked.outcome;
    }

    private Deque<Asked> waiting(String item) {
        return waiting.computeIfAbsent(item, none -> new ArrayDeque<>());
    }

    private void serve(String item) {
        List<Registered> all = answerers.getOrDefault(item, List.of());
        Deque<Asked> line = waiting(item);
        while (!line.isEmpty()) {
            Registered free = all.stream()
                    .filter(each -> each.owner.hasRoom(each.held.size(), each.room))
                    .findFirst()
                    .orElse(null);
            if (free == null) {
                return;
            }
            Asked asked = line.remove();
            if (!asked.outcome.isDone()) {
                all.remove(free);
                all.add(free);
                free.held.add(asked);
                asked.holder = free;
                Thread.ofVirtual().start(() -> run(free, asked));
            }
        }
    }

    private void run(Registered holder, Asked asked) {
        Answer answer;
        try {
            answer = holder.owner.checkAnswer(holder.answerer.answer(asked.question));
        } catch (Throwable thrown) {
            answer = holder.owner.answerFor(thrown);
        }
        synchronized (this) {
            holder.held.remove(asked);
            unsettled.remove(asked);
            boolean late = asked.asker.late(asked.asker.time().nanos() - asked.until);
            if (late || !asked.outcome.complete(asked.asker.answerOf(asked, answer))) {
                holder.dropped += holder.owner.countOf(1);
            }
            serve(holder.item);
        }
    }

    private synchronized void expire(Asked asked) {
        waiting(asked.item).remove(asked);
        fail(asked, asked.asker.expiryOf(asked.holder != null), "the deadline is over");
    }

    synchronized void close(ReferenceMechanism closing) {
        for (Asked asked : List.copyOf(unsettled)) {
            if (asked.asker == closing) {
                waiting(asked.item).remove(asked);
                fail(asked, ErrorCode.CLOSED, "reference is closed");
            } else if (asked.holder != null && asked.holder.owner == closing) {
                fail(asked, ErrorCode.OUTCOME_UNKNOWN, "its answerer is closed");
            }
        }
        answerers.values().stream()
                .flatMap(List::stream)
                .filter(registered -> registered.owner == closing)
                .toList()
                .forEach(this::leave);
    }

    private void fail(Asked asked, ErrorCode code, String message) {
        unsettled.remove(asked);
        asked.outcome.completeExceptionally(new FairleadException(code, message + ": " + asked.item));
    }
}
