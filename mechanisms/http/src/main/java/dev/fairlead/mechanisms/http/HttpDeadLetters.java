package dev.fairlead.mechanisms.http;

import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.WireOutput;
import java.util.List;
import java.util.Optional;

/** The dead letters of one queue at a node. */
final class HttpDeadLetters implements DeadLetters {
    private static final byte[] NOTHING = {};

    private final OpenQueue queue;

    HttpDeadLetters(OpenQueue queue) {
        this.queue = queue;
    }

    private byte[] post(String act, byte[] message) {
        return queue.link().post(HttpMechanism.queuePath(queue.name(), act), message);
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        QueueLimits.checkList(queue.name(), most);
        return QueueMessages.letters(
                post("letters", new WireOutput().number(after).count(most).toBytes()));
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        return QueueMessages.letters(
                        post("letter", new WireOutput().number(number).toBytes()))
                .stream()
                .findFirst();
    }

    @Override
    public int redrive(List<Long> numbers) {
        queue.link().requireOpen();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(queue.name(), numbers.size());
        return queue.changing()
                .run(
                        "redrive",
                        out -> {
                            out.count(numbers.size());
                            numbers.forEach(out::number);
                        },
                        in -> in.count(MOST));
    }

    @Override
    public void dismiss(long number, String reason) {
        queue.link().requireOpen();
        QueueLimits.checkReason(queue.name(), reason);
        queue.changing().run("dismiss", out -> out.number(number).text(reason), in -> true);
    }

    @Override
    public List<Dismissal> dismissals() {
        return QueueMessages.dismissals(post("dismissals", NOTHING));
    }
}
