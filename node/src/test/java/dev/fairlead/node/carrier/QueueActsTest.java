package dev.fairlead.node.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.wire.NumberedAnswer;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.QueueMessages.Ended;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import dev.fairlead.spi.wire.QueueMessages.Sending;
import dev.fairlead.spi.wire.QueueMessages.Settling;
import dev.fairlead.spi.wire.QueueMessages.Way;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the acts on a queue take, and what they refuse. */
class QueueActsTest {
    private static final String QUEUE = "shop.parcel";
    private static final String OTHER = "shop.letter";
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    private Opening opening;
    private Queue queue;
    private long run;

    @BeforeEach
    void define() {
        Mechanism mechanism = EmbeddedStore.in(folder);
        queue = (Queue) mechanism;
        opening = new Opening(mechanism, System::nanoTime);
        for (String each : List.of(QUEUE, OTHER)) {
            queue.define(new QueueDefinition(each, Durability.D0));
        }
        run = new WireInput(QueueActs.find(opening, QUEUE, NOTHING)).number();
    }

    @AfterEach
    void close() {
        opening.close();
    }

    private static Question message(String text) {
        return new Question(NOTHING, text.getBytes(UTF_8));
    }

    private byte[] sending(long atRun, long number, Question message) {
        WireOutput out = new WireOutput().number(atRun).number(number);
        QueueMessages.sendings(out, List.of(new Sending(message, null)));
        return out.toBytes();
    }

    private static byte[] receiving(Duration lease) {
        return new WireOutput()
                .text("r")
                .number(lease.toNanos())
                .text("")
                .number(0)
                .toBytes();
    }

    private byte[] polling(int most, int millis) {
        return new WireOutput()
                .number(run)
                .number(1)
                .text("r")
                .count(most)
                .count(millis)
                .toBytes();
    }

    private ErrorCode settled(String of, long atRun, long number, long hand) {
        WireOutput out = new WireOutput().number(run).number(number);
        QueueMessages.settlings(out, List.of(new Settling(atRun, hand, Way.ACKNOWLEDGE, Duration.ZERO, "")));
        NumberedAnswer answer = NumberedAnswer.of(QueueActs.settle(opening, of, out.toBytes()));
        Ended ended = QueueMessages.ended(new WireInput(answer.content()), 1).getFirst();
        assertThat(ended.reached()).isEmpty();
        return ended.code();
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_VALUE));
    }

    @Test
    void whatWasMeantForAnEarlierRunIsNotDone() {
        NumberedAnswer answer = NumberedAnswer.of(QueueActs.send(opening, QUEUE, sending(run + 1, 1, message("a"))));
        assertThat(answer.state()).isEqualTo(NumberedAnswer.State.OTHER_RUN);
        assertThat(answer.run()).isEqualTo(run);
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
        assertThat(NumberedAnswer.of(QueueActs.send(opening, QUEUE, sending(run, 1, message("a"))))
                        .state())
                .isEqualTo(NumberedAnswer.State.DONE);
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(1, 0, 0, 0));
    }

    @Test
    void onlyWhoHoldsAMessageSettlesIt() {
        QueueActs.send(opening, QUEUE, sending(run, 1, message("a")));
        QueueActs.receive(opening, QUEUE, receiving(Duration.ofMinutes(1)));
        NumberedAnswer polled = NumberedAnswer.of(QueueActs.poll(opening, QUEUE, polling(1, 1000)));
        Handed handed = QueueMessages.handed(new WireInput(polled.content())).getFirst();

        assertThat(settled(QUEUE, run + 1, 1, handed.hand())).isEqualTo(ErrorCode.FENCED);
        assertThat(settled(QUEUE, run, 2, handed.hand() + 1)).isEqualTo(ErrorCode.FENCED);
        assertThat(settled(OTHER, run, 1, handed.hand()))
                .as("by a caller that may use another queue")
                .isEqualTo(ErrorCode.FENCED);
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 1, 0));
    }

    @Test
    void aReceiverOfOneQueueIsNoneOfAnother() {
        QueueActs.receive(opening, OTHER, receiving(Duration.ofMinutes(1)));
        refused(() -> QueueActs.poll(opening, QUEUE, polling(1, 0)));
        QueueActs.leave(opening, QUEUE, new WireOutput().text("r").number(0).toBytes());
        assertThat(NumberedAnswer.of(QueueActs.poll(opening, OTHER, polling(1, 0)))
                        .state())
                .isEqualTo(NumberedAnswer.State.DONE);
    }

    @Test
    void whatIsBeyondTheLimitsIsRefused() {
        refused(() -> QueueActs.receive(opening, QUEUE, receiving(Queue.LONGEST.plusNanos(1))));
        refused(() -> QueueActs.receive(opening, QUEUE, receiving(Duration.ZERO)));
        QueueActs.receive(opening, QUEUE, receiving(Queue.LONGEST));
        refused(() -> QueueActs.poll(opening, QUEUE, polling(Queue.MAX_POLL + 1, 0)));
        refused(() -> QueueActs.poll(opening, QUEUE, polling(0, 0)));
        refused(() -> QueueActs.poll(opening, QUEUE, polling(1, 20_001)));
        refused(() -> QueueActs.send(
                opening, QUEUE, sending(run, 1, new Question(NOTHING, new byte[Question.MAX_PAYLOAD + 1]))));
        refused(() -> QueueActs.send(
                opening, QUEUE, sending(run, 1, new Question(new byte[Question.MAX_HEADER + 1], NOTHING))));
        refused(() -> QueueActs.settle(
                opening,
                QUEUE,
                new WireOutput().number(run).number(1).count(1_000_000).toBytes()));
        assertThat(queue.depth(QUEUE)).isEqualTo(new QueueDepth(0, 0, 0, 0));
    }
}
