package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Answers questions with what they say, until it is killed; one that says "hold" is held for ever, after a line about it. */
final class AnsweringChild {
    private AnsweringChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        SqlMechanism mechanism = SqlMechanism.open(new MechanismOpening(
                Map.of("url", arguments[0], "user", arguments[1]), Path.of("."), TimeSource.SYSTEM));
        CountDownLatch never = new CountDownLatch(1);
        mechanism.answer(arguments[2], 1, question -> answer(question, never));
        ParentJvm.sayReady();
        never.await();
    }

    private static Answer answer(Question question, CountDownLatch never) {
        if (new String(question.payload(), UTF_8).equals("hold")) {
            System.out.println("held");
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new Answer.Given(new byte[0], question.payload());
    }
}
