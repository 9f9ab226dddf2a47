package dev.fairlead.spi.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallMessagesTest {
    private static final AnswererId ID = new AnswererId("somewhere", 3);
    private static final List<CallMessage> MESSAGES = List.of(
            new CallMessage.Ask(ID, "asker", 17, 4, -5, new Question(new byte[] {1}, new byte[] {2, 3})),
            new CallMessage.Forget(ID, "asker", Long.MAX_VALUE),
            new CallMessage.Pass(ID, "asker"),
            new CallMessage.Answered(ID, 1, new Answer.Given(new byte[] {9}, new byte[0])),
            new CallMessage.Answered(
                    ID, 1, new Answer.Refused(new byte[] {9}, "sold-out", "keine \u00e4 \ud83d\ude00")),
            new CallMessage.Hello(ID, "asker"),
            new CallMessage.Here(ID),
            new CallMessage.Busy(ID, 2),
            new CallMessage.Gone(ID, 0),
            new CallMessage.Abandoned(ID, 4),
            new CallMessage.Room(ID, 1024));

    @Test
    void everyMessageComesBackAsItWas() throws IOException {
        for (CallMessage message : MESSAGES) {
            CallMessage read = CallMessages.unpack(CallMessages.pack(message));
            assertThat(read).usingRecursiveComparison().isEqualTo(message);
        }
    }

    @Test
    void theLongestMessageIsAsLongAsTransportsCarry() {
        AnswererId far = new AnswererId("x".repeat(200), Long.MAX_VALUE);
        Question longest = new Question(new byte[Question.MAX_HEADER], new byte[Question.MAX_PAYLOAD]);
        byte[] packed = CallMessages.pack(new CallMessage.Ask(far, "y".repeat(200), 1, 1024, 1, longest));
        assertThat(packed).hasSizeLessThanOrEqualTo(CallTransport.MAX_MESSAGE);
    }

    @Test
    void whatIsCutOrTooLongIsNoMessage() {
        for (CallMessage message : MESSAGES) {
            byte[] packed = CallMessages.pack(message);
            for (int length = 0; length < packed.length; length++) {
                byte[] cut = Arrays.copyOf(packed, length);
                assertThatThrownBy(() -> CallMessages.unpack(cut))
                        .as(message + " cut")
                        .isInstanceOf(IOException.class);
            }
            byte[] longer = Arrays.copyOf(packed, packed.length + 1);
            assertThatThrownBy(() -> CallMessages.unpack(longer)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void bytesOfAnyKindAreReadOrRefused() {
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CallMessages.pack(MESSAGES.get(i % MESSAGES.size())).clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                CallMessages.unpack(bytes);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
