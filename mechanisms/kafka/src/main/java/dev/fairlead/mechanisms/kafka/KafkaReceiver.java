package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes messages of one queue through its journal. */
final class KafkaReceiver implements QueueReceiver, Members.Member {
    private final KafkaQueue queue;
    private final QueueJournal journal;
    private final Duration lease;
    private volatile boolean closed;

    private KafkaReceiver(KafkaQueue queue, QueueJournal journal, Duration lease) {
        this.queue = queue;
        this.journal = journal;
        this.lease = lease;
    }

    static KafkaReceiver open(KafkaQueue queue, QueueJournal journal, Duration lease) {
        KafkaReceiver receiver = new KafkaReceiver(queue, journal, lease);
        queue.opening().join(receiver);
        return receiver;
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.name(), most);
        long begin = System.nanoTime();
        long nanos = nanos(wait);
        boolean caughtUp = false;
        while (true) {
            checkGoing();
            long seen = journal.changes();
            List<QueueJournal.Taken> taken = journal.take(most, lease.toNanos(), queue.time());
            if (!taken.isEmpty()) {
                return delivered(taken);
            }
            if (!caughtUp) {
                journal.catchUp();
                caughtUp = true;
                continue;
            }
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0) {
                return List.of();
            }
            journal.await(seen, left);
        }
    }

    private static long nanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void checkGoing() {
        if (closed) {
            throw Failures.closed();
        }
        queue.opening().checkOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private List<Delivered> delivered(List<QueueJournal.Taken> taken) {
        try {
            checkGoing();
            Map<Long, Question> missing = queue.contents(taken.stream()
                    .filter(each -> each.content() == null)
                    .map(each -> each.hold().message())
                    .toList());
            List<Delivered> delivered = new ArrayList<>();
            for (QueueJournal.Taken each : taken) {
                Question content = each.content();
                Question message = content == null ? missing.get(each.hold().message()) : content;
                if (message != null) {
                    delivered.add(new KafkaDelivered(queue, journal, each, message, lease.toNanos()));
                }
            }
            return delivered;
        } catch (FairleadException nobodyGetsThem) {
            taken.forEach(each -> journal.takeQuietly(new QueueStep.HandBack(each.hold())));
            throw nobodyGetsThem;
        }
    }

    @Override
    public void close() {
        closed = true;
        queue.opening().leave(this);
        journal.signal();
    }

    @Override
    public void end() {
        closed = true;
        journal.signal();
    }
}
