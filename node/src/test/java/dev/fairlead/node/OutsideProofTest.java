package dev.fairlead.node;

import static dev.fairlead.node.Guarded.bearer;
import static dev.fairlead.node.OutsidePlan.order;
import static dev.fairlead.node.OutsidePlan.path;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.FairleadException;
import dev.fairlead.node.identity.Issuer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outside clients who prove who they are: customers by tokens, partners by keys. */
class OutsideProofTest {
    private static final String CHANGES = "/changes/shop/order";
    private static final String SCOPE = "shop.customer";

    @TempDir
    private Path folder;

    private final Issuer issuer = new Issuer();
    private RunningNode node;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        say(SCOPE);
        node = RunningNode.guarded(folder, OutsidePlan.in(folder), folder.resolve("access.yaml"));
        order(node, "a1", "ada", "open", "x", Guarded.byKey("shop"));
        order(node, "b1", "bob.brown", "open", "x", Guarded.byKey("shop"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void say(String scope) throws IOException {
        Path written = Files.writeString(folder.resolve("access.new"), """
                tokens: { issuer: "%s", audience: %s, keys: keys.json }
                callers:
                  shop: { keys: [ %s ], subjects: [ shop-client ] }
                clients:
                  customers: { scope: %s }
                  partners:
                    keys:
                      acme: { key: %s, claims: { order: a1 } }
                """.formatted(
                        Issuer.URL,
                        Issuer.AUDIENCE,
                        Guarded.hash(Guarded.key("shop")),
                        scope,
                        Guarded.hash(Guarded.key("acme"))));
        Files.move(written, folder.resolve("access.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String[] customer(String name) {
        return bearer(issuer.token(name, SCOPE, Instant.now().plusSeconds(300)));
    }

    private String audit() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("data/audit"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void s5ACustomerIsWhoItsTokenSaysAndNotWhoItSays() throws IOException {
        assertThat(json(node.get("/items/shop/order", customer("ada"))).get("values"))
                .hasSize(1);
        assertThat(node.get(path("a1"), customer("ada")).statusCode()).isEqualTo(200);
        String[] ada = customer("ada");
        for (String[] more : new String[][] {
            {NamedClient.HEADER, "customers?sub=bob.brown"}, {Caller.HEADER, "shop"}, {"X-Sub", "bob.brown"}
        }) {
            HttpResponse<String> others = node.get(path("b1"), ada[0], ada[1], more[0], more[1]);
            assertThat(problem(others)).isEqualTo("no-value");
        }
        assertThat(node.get(path("b1"), Guarded.byKey("acme")).statusCode()).isEqualTo(200);
        assertThat(node.put(path("a1"), "{}", ada).statusCode()).isEqualTo(404);
        assertThat(node.put(path("a1"), "{}", Guarded.byKey("acme")).statusCode())
                .isEqualTo(404);
        assertThat(node.get(path("a1"), bearer(issuer.token("ada"))).statusCode())
                .as("without the scope")
                .isEqualTo(401);
        assertThat(node.get(
                                path("b1"),
                                bearer(issuer.token(
                                        "shop-client", SCOPE, Instant.now().plusSeconds(300))))
                        .body())
                .as("a service goes on to be one")
                .contains("margin");
        node.get("/items/shop/supplier", ada);
        assertThat(audit())
                .contains("\"caller\":\"customers:", "\"item\":\"shop.supplier\",\"why\":\"not-found\"")
                .doesNotContain("ada", "bob.brown");
    }

    @Test
    void s7WhoseScopeIsWithdrawnHearsNothingMore() throws IOException {
        String token = issuer.token("ada", SCOPE, Instant.now().plusSeconds(300));
        String from = json(node.get(CHANGES, bearer(token))).get("next").asString();
        String connection = "Connection: close\r\nAuthorization: Bearer ";
        try (OpenStream withdrawn = OpenStream.of(node, CHANGES, connection + token + "\r\n");
                OpenStream kept = OpenStream.of(node, CHANGES, connection + Guarded.key("acme") + "\r\n")) {
            withdrawn.awaitText("a1");
            kept.awaitText("b1");
            CompletableFuture<HttpResponse<String>> waiting =
                    CompletableFuture.supplyAsync(() -> node.get(CHANGES + "?wait=20&from=" + from, bearer(token)));
            say("shop.other");
            withdrawn.awaitEnd();
            assertThat(withdrawn.text()).contains("event: unauthenticated");
            assertThat(waiting.join().statusCode()).isEqualTo(401);
            order(node, "a1", "ada", "sent", "x", Guarded.byKey("shop"));
            kept.awaitText("\"status\":\"sent\"");
            assertThat(withdrawn.text()).doesNotContain("sent");
        }
    }

    @Test
    void s3AnAccessFileForClientsThatThePlanDoesNotKnowIsRefused() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Path access = Files.writeString(other.resolve("access.yaml"), """
                clients: { strangers: { keys: { one: { key: %s } } } }
                """.formatted(Guarded.hash(Guarded.key("one"))));
        NodeSettings settings =
                NodeSettings.local(OutsidePlan.in(other), other.resolve("data")).withAccess(access);

        assertThatThrownBy(() -> Node.start(settings).close())
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("exposes nothing to strangers");
    }
}
