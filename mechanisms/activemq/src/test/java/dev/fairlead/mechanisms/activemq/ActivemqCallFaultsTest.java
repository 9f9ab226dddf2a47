package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import dev.fairlead.testkit.faults.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the way to a broker does to questions. */
@SuppressWarnings("NullAway.Init") // Each test opens them.
class ActivemqCallFaultsTest {
    private static final String ITEM = "shop.price";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final String prefix = ActivemqUnderTest.newPrefix();
    private TcpProxy proxy;
    private ActivemqMechanism answerer;
    private ActivemqMechanism asker;

    private void open(RealServer kind) {
        int port = URI.create(kind.shared().getOrDefault("url", "")).getPort();
        proxy = TcpProxy.to(port);
        answerer = Activemq.at(proxy.port(), prefix, "2s");
        asker = Activemq.at(port, prefix, "30s");
        answerer.answer(ITEM, 1, question -> new Answer.Given(new byte[0], "here".getBytes(UTF_8)));
        Awaitility.await("the first answer, which a cold broker may give after the deadline")
                .atMost(PATIENCE)
                .until(() -> outcome().equals("here"));
    }

    /** The answer, or the code of the error. */
    private String outcome() {
        try {
            Answer answer = asker.ask(ITEM, new Question(new byte[0], new byte[0]), DEADLINE)
                    .get();
            return answer instanceof Answer.Given given ? new String(given.payload(), UTF_8) : answer.toString();
        } catch (ExecutionException e) {
            return e.getCause() instanceof FairleadException known
                    ? known.code().toString()
                    : String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        answerer.close();
        asker.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void anAnswererWhoseConnectionsBrokeAnswersAgain(RealServer kind) {
        open(kind);
        proxy.reset();

        Awaitility.await().atMost(PATIENCE).until(() -> outcome().equals("here"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ARTEMIS", "ACTIVEMQ"})
    void nobodyAnswersWhenTheLeaseOfASilentAnswererIsOver(RealServer kind) {
        open(kind);
        proxy.blackHole(true);

        Awaitility.await().atMost(PATIENCE).until(() -> outcome().equals(ErrorCode.UNREACHABLE.toString()));
    }

    @ParameterizedTest
    @EnumSource(names = "ARTEMIS")
    void theLetterBoxVanishesWithItsConnection(RealServer kind) {
        open(kind);
        try (Broker broker =
                        Broker.open(ActivemqSettings.of(Activemq.opening(Map.copyOf(kind.shared())), System::getenv));
                Administration administration = new Administration(broker)) {
            assertThat(letterBoxes(administration)).isEqualTo(2);
            proxy.refuse(true);
            proxy.reset();

            Awaitility.await().atMost(PATIENCE).until(() -> letterBoxes(administration), boxes -> boxes == 1);
        }
    }

    private int letterBoxes(Administration administration) {
        String all = administration.look(
                "counting letter boxes",
                session -> Management.open(session, PATIENCE).call(Management.BROKER, "getQueueNames", "[]"));
        return all.split(QueueNames.LETTERS + prefix, -1).length - 1;
    }
}
