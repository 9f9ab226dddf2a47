package dev.fairlead.mechanisms.http;

import static dev.fairlead.mechanisms.http.Entries.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Answering;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks by REST is answered by services that use the mechanism, and the other way round. */
class HttpAndRestTest {
    private static final String PRICING = """
            service: pricing
            shares:
              quote:
                kind: request
                question: { sku: string, quantity: int32 }
                answer: { amount: 'decimal(12,2)' }
                deadline: 20s
            """;
    private static final String TILL = """
            service: till
            needs:
              pricing.quote:
                uses: [ amount ]
                why: the customer asks what six of them cost
            """;
    private static final RequestItem<Question, Quote> QUOTES =
            RequestItem.of("pricing.quote", Question.class, Quote.class);
    private static final Pattern LEASE = Pattern.compile("\"lease\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Node node;

    record Question(String sku, int quantity) {}

    record Quote(BigDecimal amount) {}

    @BeforeEach
    void start() throws IOException {
        Path plan = Files.createDirectories(plan());
        Files.writeString(plan.resolve("pricing.yaml"), PRICING);
        Files.writeString(plan.resolve("till.yaml"), TILL);
        landscape(NodeSettings.PORT);
        node = Node.start(NodeSettings.local(plan, folder.resolve("data")));
        landscape(node.port());
    }

    private Path plan() {
        return folder.resolve("plan");
    }

    private void landscape(int port) throws IOException {
        Files.writeString(
                plan().resolve("landscape.yaml"), "mechanisms: { http: { url: \"http://127.0.0.1:" + port + "\" } }\n");
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    private HttpResponse<String> post(String service, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .header("Fairlead-Service", service)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> asked(String sku) {
        return post("till", "/requests/pricing/quote", "{\"sku\":\"" + sku + "\",\"quantity\":6}");
    }

    @Test
    void aServiceInAnotherProcessAnswersWhoAsksByRest() {
        try (Fairlead pricing = Fairlead.open("pricing", plan());
                Answering answering = pricing.answer(QUOTES, (question, asked) -> {
                    if (question.sku().equals("none")) {
                        throw new RequestRefused("sold-out", "no more of these");
                    }
                    return new Quote(BigDecimal.valueOf(question.quantity()));
                })) {
            HttpResponse<String> answer = asked("85123A");

            assertThat(answer.body()).isEqualTo("{\"amount\":6}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(asked("none").body()).contains("sold-out", "no more of these");
            answering.close();
            await().atMost(PATIENCE).until(() -> asked("85123A").statusCode() == 503);
        }
    }

    @Test
    void whoTakesQuestionsByRestAnswersAServiceInAnotherProcess() {
        CompletableFuture<Void> worker = CompletableFuture.runAsync(this::answerOne);
        try (Fairlead till = Fairlead.open("till", plan())) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(HttpAndRestTest::isNobodyThere)
                    .untilAsserted(() -> assertThat(till.ask(QUOTES, new Question("85123A", 6)))
                            .isEqualTo(new Quote(new BigDecimal("15.35"))));
            worker.join();
        }
    }

    private static boolean isNobodyThere(Throwable failure) {
        return failure instanceof FairleadException e && e.code() == ErrorCode.UNREACHABLE;
    }

    private void answerOne() {
        Matcher lease = LEASE.matcher(
                post("pricing", "/leases/pricing/quote?wait=20", "").body());
        assertThat(lease.find()).isTrue();
        assertThat(post("pricing", "/leases/pricing/quote/" + lease.group(1) + "/acknowledge", "{\"amount\":15.35}")
                        .statusCode())
                .isEqualTo(204);
    }
}
