package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.testkit.LoggedLines;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestRoutesTest {
    private static final String QUOTE = "/requests/profile/quote";
    private static final String QUESTION = "{\"sku\":\"85123A\",\"quantity\":6}";
    private static final String ANSWER = "{\"amount\":15.30,\"note\":\"for friends\"}";

    /** Is waited for, and long enough for a worker on a busy machine to take the question before. */
    private static final String SHORT = "5s";

    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        askers.close();
        node.close();
    }

    private CompletableFuture<HttpResponse<String>> ask(String path, String question, String... headers) {
        return CompletableFuture.supplyAsync(() -> node.send("POST", path, question, headers), askers);
    }

    /** The worker polls first, since without one nobody answers. */
    private Asking asked(Worker worker, String path, String question, String... headers) {
        CompletableFuture<JsonNode> taking = CompletableFuture.supplyAsync(worker::one, askers);
        AtomicReference<CompletableFuture<HttpResponse<String>>> asking =
                new AtomicReference<>(ask(path, question, headers));
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            CompletableFuture<HttpResponse<String>> current = asking.get();
            if (!taking.isDone() && current.isDone() && current.join().statusCode() == 503) {
                asking.set(ask(path, question, headers));
            }
            return taking.isDone();
        });
        return new Asking(taking.join(), asking.get());
    }

    private record Asking(JsonNode lease, CompletableFuture<HttpResponse<String>> outcome) {}

    @Test
    void aQuestionIsAnsweredByOneWhoTakesIt() {
        Worker owner = Worker.of(node, "profile", "profile.quote");
        Asking asking = asked(owner, QUOTE, QUESTION, "Fairlead-Service", "billing");

        assertThat(asking.lease().get("question").toString()).isEqualTo(QUESTION);
        assertThat(owner.acknowledge(asking.lease(), "{\"amount\":\"much\"}").statusCode())
                .as("an answer that does not fit, which leaves the lease as it is")
                .isEqualTo(400);
        assertThat(owner.acknowledge(asking.lease(), ANSWER).statusCode()).isEqualTo(204);
        HttpResponse<String> answer = asking.outcome().join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).as("the fields that billing uses").isEqualTo("{\"amount\":15.3}");
        assertThat(problem(owner.acknowledge(asking.lease(), ANSWER))).isEqualTo("lease-over");
    }

    @Test
    void aRefusalReachesTheAskerAsTheHandlerGaveIt() {
        Worker owner = Worker.of(node, "profile", "profile.quote");
        Asking asking = asked(owner, QUOTE, QUESTION);

        assertThat(owner.settle(asking.lease(), "set-aside", "{\"message\":\"none left\"}")
                        .statusCode())
                .isEqualTo(400);
        owner.settle(asking.lease(), "set-aside", "{\"code\":\"sold-out\",\"message\":\"none left\"}");
        HttpResponse<String> refused = asking.outcome().join();
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(problem(refused)).isEqualTo("refused");
        assertThat(json(refused).get("code").asString()).isEqualTo("sold-out");
        assertThat(refused.body()).contains("none left");
    }

    @Test
    void aQuestionThatIsGivenBackGoesToAnotherWorker() {
        Worker owner = Worker.of(node, "profile", "profile.quote");
        Asking asking = asked(owner, QUOTE, QUESTION);

        assertThat(owner.settle(asking.lease(), "give-back", null).statusCode()).isEqualTo(204);
        JsonNode again = owner.one();
        assertThat(again.get("key")).isEqualTo(asking.lease().get("key"));
        assertThat(problem(owner.acknowledge(asking.lease(), ANSWER))).isEqualTo("lease-over");
        owner.acknowledge(again, ANSWER);
        assertThat(asking.outcome().join().statusCode()).isEqualTo(200);
    }

    @Test
    void atTheDeadlineTheOutcomeIsUnknownAndAnAnswerComesTooLate() {
        Worker owner = Worker.of(node, "profile", "profile.quote");
        Asking asking = asked(owner, QUOTE, QUESTION, "Fairlead-Deadline", SHORT);

        try (LoggedLines logged = LoggedLines.open()) {
            HttpResponse<String> unknown = asking.outcome().join();
            assertThat(unknown.statusCode()).isEqualTo(504);
            assertThat(problem(unknown)).isEqualTo("outcome-unknown");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> owner.acknowledge(asking.lease(), ANSWER).statusCode() == 410);
            await("an asker in haste fills no log")
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> logged.lines().stream().noneMatch(line -> line.contains("failed on")));
        }
    }

    @Test
    void s9TheSameKeyAndBodyGiveTheSameOutcomeAndAreDoneOnce() {
        Worker owner = Worker.of(node, "profile", "profile.quote");
        String[] keyed = {"Fairlead-Service", "billing", "Idempotency-Key", "\"k-1\""};
        Asking asking = asked(owner, QUOTE, QUESTION, keyed);
        CompletableFuture<HttpResponse<String>> atOnce = ask(QUOTE, QUESTION, keyed);
        owner.acknowledge(asking.lease(), ANSWER);

        String first = asking.outcome().join().body();
        assertThat(first).isEqualTo("{\"amount\":15.3}");
        assertThat(atOnce.join().body()).isEqualTo(first);
        HttpResponse<String> later = node.send("POST", QUOTE, QUESTION, keyed);
        assertThat(later.body()).isEqualTo(first);
        assertThat(header(later, "Fairlead-Repeated")).isEqualTo("true");
        HttpResponse<String> other = node.send("POST", QUOTE, "{\"sku\":\"X\",\"quantity\":1}", keyed);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(problem(other)).isEqualTo("idempotency-key-reused");
        assertThat(json(node.send("POST", "/leases/profile/quote", null)).get("leases"))
                .as("questions that wait")
                .isEmpty();
    }

    @Test
    void anUnknownOutcomeStaysSoUnlessThePlanSaysThatRepeatingIsHarmless() {
        Worker quotes = Worker.of(node, "profile", "profile.quote");
        String[] once = {"Idempotency-Key", "u-1", "Fairlead-Deadline", SHORT};
        Asking asking = asked(quotes, QUOTE, QUESTION, once);
        assertThat(asking.outcome().join().statusCode()).isEqualTo(504);
        HttpResponse<String> again = node.send("POST", QUOTE, QUESTION, once);
        assertThat(problem(again)).isEqualTo("outcome-unknown");
        assertThat(header(again, "Fairlead-Repeated")).isEqualTo("true");

        Worker rates = Worker.of(node, "profile", "profile.rate");
        String[] often = {"Idempotency-Key", "u-1", "Fairlead-Deadline", SHORT};
        Asking first = asked(rates, "/requests/profile/rate", "{\"sku\":\"A\"}", often);
        assertThat(first.outcome().join().statusCode()).isEqualTo(504);
        Asking second = asked(rates, "/requests/profile/rate", "{\"sku\":\"A\"}", "Idempotency-Key", "u-1");
        assertThat(second.lease().get("key"))
                .as("what the handler knows it by")
                .isEqualTo(first.lease().get("key"));
        rates.acknowledge(second.lease(), "{\"amount\":1}");
        assertThat(second.outcome().join().statusCode()).isEqualTo(200);
    }

    @Test
    void wrongQuestionsAndCallersAreRefused() {
        assertThat(problem(node.send("POST", QUOTE, QUESTION, "Fairlead-Service", "shipping")))
                .isEqualTo("not-declared");
        assertThat(problem(node.send("POST", "/requests/profile/nothing", QUESTION)))
                .isEqualTo("not-found");
        assertThat(problem(node.send("POST", QUOTE, "{\"sku\":1}"))).isEqualTo("bad-value");
        assertThat(problem(node.send("POST", QUOTE, QUESTION, "Fairlead-Deadline", "soon")))
                .isEqualTo("bad-request");
        assertThat(problem(node.send("POST", QUOTE, QUESTION, "Fairlead-Not-Before", "2030-01-01T00:00:00Z")))
                .isEqualTo("bad-request");
        assertThat(problem(node.send("POST", QUOTE, QUESTION, "Idempotency-Key", "with space")))
                .isEqualTo("bad-request");
        assertThat(problem(Worker.of(node, "billing", "profile.quote").poll("")))
                .isEqualTo("not-owner");
    }
}
