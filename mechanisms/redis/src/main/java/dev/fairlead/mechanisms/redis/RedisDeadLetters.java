package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dead letters of one queue. */
final class RedisDeadLetters implements DeadLetters {
    private static final long MOST_BYTES = 16L << 20;

    private final Server server;
    private final Queues queues;
    private final OpenQueue open;
    private final QueueRow queue;

    RedisDeadLetters(Queues queues, OpenQueue open) {
        this.server = open.server();
        this.queues = queues;
        this.open = open;
        this.queue = open.row();
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        QueueLimits.checkList(queue.name(), most);
        Words words = new Words().add(queue.id()).add(after).add(most).add(MOST_BYTES);
        Reply reply = queues.ask(queue, "listing dead letters of " + queue, Script.QUEUE_LETTERS, words);
        List<DeadLetter> letters = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 4) {
            String[] why = reply.text(i + 2).split(" ", 2);
            letters.add(new DeadLetter(
                    reply.number(i),
                    Content.message(queue.toString(), reply.bytes(i + 3)),
                    Math.toIntExact(reply.number(i + 1)),
                    why[1],
                    Nanos.moment(Long.parseLong(why[0]))));
        }
        return letters;
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        return list(number - 1, 1).stream()
                .filter(letter -> letter.number() == number)
                .findFirst();
    }

    @Override
    public int redrive(List<Long> numbers) {
        server.requireOpen();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(queue.name(), numbers.size());
        Words words = new Words().add(MOST_BYTES);
        numbers.forEach(words::add);
        Reply reply = open.change("sending dead letters of " + queue + " again", Script.QUEUE_REDRIVE, words);
        if (reply.status().equals("large")) {
            throw QueueLimits.bad(
                    queue.name(),
                    "dead letters of at most " + MOST_BYTES + " bytes are sent again at once; send fewer");
        }
        return Math.toIntExact(reply.number(1));
    }

    @Override
    public void dismiss(long number, String reason) {
        server.requireOpen();
        QueueLimits.checkReason(queue.name(), reason);
        Words words = new Words().add(number).add(reason).add(queues.now());
        if (open.change("dismissing a dead letter of " + queue, Script.QUEUE_DISMISS, words)
                .status()
                .equals("missing")) {
            throw QueueLimits.bad(
                    queue.name(),
                    "there is no dead letter " + number + "; it was sent again or dismissed before (list them)");
        }
    }

    @Override
    public List<Dismissal> dismissals() {
        Reply reply = queues.ask(
                        queue, "listing dismissals of " + queue, Script.QUEUE_DISMISSALS, new Words().add(queue.id()))
                .list(1);
        List<Dismissal> found = new ArrayList<>();
        for (int i = 0; i < reply.size(); i++) {
            String[] parts = reply.text(i).split(" ", 3);
            found.add(new Dismissal(Long.parseLong(parts[0]), parts[2], Nanos.moment(Long.parseLong(parts[1]))));
        }
        return found;
    }
}
