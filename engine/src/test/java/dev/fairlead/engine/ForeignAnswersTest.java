package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.AMOUNTS;
import static dev.fairlead.engine.Shop.ORDERED;
import static dev.fairlead.engine.Shop.ORDERS;
import static dev.fairlead.engine.Shop.QUOTES;
import static dev.fairlead.engine.Shop.quote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier that hands out the wrong answers, as a broker's client with a fault might. */
class ForeignAnswersTest {
    @TempDir
    Path folder;

    private final List<Answer> passed = new ArrayList<>();
    private UnaryOperator<Answer> exchange = answer -> answer;
    private Set<Capability> capabilities = EnumSet.of(Capability.CALL);
    private Shop shop;
    private EmbeddedMechanism inner;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TimeSource.SYSTEM);
        inner = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, TimeSource.SYSTEM));
        Fairlead owner = shop.open("shop", inner);
        till = shop.open("till", new Misdelivering());
        owner.answer(QUOTES, (question, asked) -> quote(question.quantity() + ".00"));
        owner.answer(ORDERS, (question, asked) -> quote(question.quantity() + ".00"));
    }

    @AfterEach
    void close() {
        shop.close();
        inner.close();
    }

    @Test
    void theAnswerToAnotherQuestionIsDroppedAndCounted() {
        assertThat(order(1)).isEqualTo("1.00");
        exchange = answer -> passed.get(0);

        FairleadException failure = failure(2);

        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(failure).hasMessageContaining("belongs to another question");
        assertThat(till.statistics(ORDERED).foreign()).isEqualTo(1);
    }

    @Test
    void theAnswerToAnEarlierAttemptIsNoAnswerToALaterOne() {
        exchange = answer -> passed.size() == 1 ? forged() : passed.get(0);

        FairleadException failure =
                catchThrowableOfType(FairleadException.class, () -> till.ask(AMOUNTS, new QuoteQuestion("a", 1)));

        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(till.statistics(AMOUNTS).foreign()).isEqualTo(3);
        assertThat(till.statistics(AMOUNTS).retried()).isEqualTo(2);
    }

    @Test
    void aForgedAnswerIsDroppedAndCounted() {
        exchange = answer -> forged();
        assertThat(failure(1).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        exchange = answer -> new Answer.Given(((Answer.Given) answer).header(), new byte[] {'{', '}'});
        assertThat(failure(1)).hasMessageContaining("checksum");
        exchange = answer -> new Answer.Refused(((Answer.Given) answer).header(), "sold-out", "none");
        assertThat(failure(1).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(till.statistics(ORDERED).foreign()).isEqualTo(3);
    }

    @Test
    void aMechanismThatDeclaresNoCallsIsRefused() {
        capabilities = EnumSet.noneOf(Capability.class);

        assertThat(failure(1).code()).isEqualTo(ErrorCode.CAPABILITY);
    }

    @Test
    void aQuestionThatIsNotAsItWasSentIsDropped() throws Exception {
        Answer answer = inner.ask("shop.order", new Question(new byte[3], new byte[3]), Duration.ofSeconds(10))
                .get();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Answer.FAILED));
    }

    private Answer forged() {
        return new Answer.Given(new byte[33], new byte[] {'{', '}'});
    }

    private Object order(int quantity) {
        return till.ask(ORDERED, new QuoteQuestion("a", quantity)).amount().toPlainString();
    }

    private FairleadException failure(int quantity) {
        return catchThrowableOfType(FairleadException.class, () -> order(quantity));
    }

    private final class Misdelivering implements Mechanism, Call {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public OpenAnswerer answer(String item, int room, Answerer answerer) {
            return inner.answer(item, room, answerer);
        }

        @Override
        public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
            return inner.ask(item, question, deadline).thenApply(answer -> {
                passed.add(answer);
                return exchange.apply(answer);
            });
        }

        @Override
        public void close() {}
    }
}
