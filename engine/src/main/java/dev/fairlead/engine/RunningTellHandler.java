package dev.fairlead.engine;

import dev.fairlead.api.DeadTell;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handling;
import dev.fairlead.api.TellHandler;
import dev.fairlead.api.TellStatistics;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An owner's handler of what one item is told, and the item's dead letters. */
final class RunningTellHandler<Q> implements Handling<Q> {
    private static final int PAGE = 100;

    private final String name;
    private final TellPlan plan;
    private final Queue queue;
    private final RequestContent<Q> questions;
    private final CallFormat format;
    private final DeadLetters letters;
    private final TellCounters counters = new TellCounters();
    private final TellWork<Q> work;
    private final TellPump pump;
    private final Consumer<RunningTellHandler<?>> onClose;
    private volatile boolean closed;

    RunningTellHandler(
            TellPlan plan,
            Queue queue,
            RequestContent<Q> questions,
            TellHandler<Q> handler,
            FailurePolicy policy,
            Consumer<RunningTellHandler<?>> onClose,
            TimeSource time,
            Steps steps) {
        this.name = "fairlead handler of " + plan.id() + " in " + plan.service();
        this.plan = plan;
        this.queue = queue;
        this.questions = questions;
        this.format = new CallFormat(plan.id(), plan.envelope());
        this.letters = queue.deadLetters(plan.id());
        this.onClose = onClose;
        this.work = new TellWork<>(
                name,
                plan.id(),
                format,
                questions,
                handler,
                policy,
                counters,
                time,
                steps,
                task -> Thread.ofVirtual().start(task));
        QueueReceiver receiver = queue.receive(plan.id(), policy.timeLimit().plus(TellRules.LEASE_BEYOND_LIMIT));
        this.pump = new TellPump(name, receiver, work::handle);
    }

    void start() {
        pump.start();
    }

    @Override
    public TellStatistics statistics() {
        refuseWhenClosed();
        return counters.statistics(queue.depth(plan.id()));
    }

    void report(WorkReport report) {
        if (closed) {
            return;
        }
        QueueDepth depth = queue.depth(plan.id());
        long due = depth.waiting() + depth.held();
        if (due > 0 || work.settling() > 0) {
            report.busy(name + " has not settled " + Math.max(1, due) + " messages");
        } else if (depth.later() > 0) {
            report.waiting(name + ": " + depth.later() + " messages are not to be handled yet");
        }
        TellStatistics counted = counters.statistics(depth);
        report.mark(name, counted.handled() + counted.retried() + counted.setAside() + counted.late());
    }

    @Override
    public List<DeadTell> deadLetters(long after, int most) {
        refuseWhenClosed();
        return letters.list(after, most).stream().map(this::dead).toList();
    }

    private DeadTell dead(DeadLetter letter) {
        return new DeadTell(
                letter.number(),
                ToldItem.key(format, letter.message()),
                letter.attempts(),
                letter.error(),
                letter.since());
    }

    @Override
    public Q inspect(long number) {
        refuseWhenClosed();
        DeadLetter letter = letters.find(number)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.BAD_VALUE, plan.id() + " has no dead letter " + number + " (list them)"));
        return ToldItem.read(format, questions, letter.message(), letter.attempts())
                .question();
    }

    @Override
    public int redrive() {
        refuseWhenClosed();
        List<Long> there = new ArrayList<>();
        long after = DeadLetters.START;
        for (List<DeadLetter> page = letters.list(after, PAGE); !page.isEmpty(); page = letters.list(after, PAGE)) {
            page.forEach(letter -> there.add(letter.number()));
            after = page.getLast().number();
        }
        int count = 0;
        for (long number : there) {
            count += letters.redrive(List.of(number));
        }
        return count;
    }

    @Override
    public int redrive(long number) {
        refuseWhenClosed();
        return letters.redrive(List.of(number));
    }

    @Override
    public void dismiss(long number, String reason) {
        refuseWhenClosed();
        letters.dismiss(number, reason);
    }

    @Override
    public long erase(String key) {
        refuseWhenClosed();
        return new ToldKeys<>(plan, queue, questions).erase(key);
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the handler of " + plan.id() + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        pump.close();
        work.close();
    }
}
