package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateRoutesTest {
    private static final String PROFILES = "/items/profile/profile/";
    private static final String[] AS_OWNER = {"Fairlead-Service", "profile"};
    private static final String[] AS_READER = {"Fairlead-Service", "billing"};
    private static final String[] AS_STRANGER = {"Fairlead-Service", "shipping"};

    private Path folder;
    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        folder = place;
        node = RunningNode.in(folder);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void whatTheOwnerPutsIsReadAtOnce() {
        HttpResponse<String> put = node.put(PROFILES + "a1", NodePlan.profile("a1", "Ada"), AS_OWNER);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "ETag")).isEqualTo("\"1\"");
        assertThat(json(put).get("durability").asString()).isEqualTo("D2");
        HttpResponse<String> got = node.get(PROFILES + "a1");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(NodePlan.profile("a1", "Ada"));
        assertThat(header(got, "ETag")).isEqualTo("\"1\"");
        assertThat(header(got, "Fairlead-Health")).isEqualTo("LIVE");
        assertThat(header(got, "Fairlead-Age")).startsWith("PT");
        assertThat(header(got, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(node.put(PROFILES + "a1", NodePlan.profile("a1", "Eva")).statusCode())
                .isEqualTo(200);
        assertThat(json(node.get(PROFILES + "a1")).get("name").asString()).isEqualTo("Eva");
    }

    @Test
    void aReaderGetsItsFieldsOnlyAndMayKeepThemForItsWithin() {
        node.put(PROFILES + "r1", NodePlan.profile("r1", "Ada"));
        HttpResponse<String> got = node.get(PROFILES + "r1", AS_READER);

        assertThat(got.body()).isEqualTo("{\"customerId\":\"r1\",\"name\":\"Ada\"}");
        assertThat(header(got, "Cache-Control")).isEqualTo("private, max-age=60");
        assertThat(header(got, "Vary")).isEqualTo("Fairlead-Service");
        assertThat(header(got, "ETag")).isNotEqualTo(header(node.get(PROFILES + "r1"), "ETag"));
        assertThat(node.get("/items/profile/profile", AS_READER).body()).doesNotContain("ada@example.org");
    }

    @Test
    void othersAreToldWhichLineToAddToWhichFile() {
        HttpResponse<String> read = node.get(PROFILES + "x", AS_STRANGER);
        HttpResponse<String> written = node.put(PROFILES + "x", NodePlan.profile("x", "X"), AS_READER);

        assertThat(read.statusCode()).isEqualTo(403);
        assertThat(problem(read)).isEqualTo("not-declared");
        assertThat(json(read).get("detail").asString()).contains("shipping.yaml", "needs:", "profile.profile: {");
        assertThat(problem(written)).isEqualTo("not-owner");
        assertThat(node.get(PROFILES + "x").statusCode()).isEqualTo(404);
        assertThat(problem(node.get(PROFILES + "x", "Fairlead-Service", "nobody")))
                .isEqualTo("unknown-service");
    }

    @Test
    void aKnownVersionIsNotSentAgain() {
        node.put(PROFILES + "e1", NodePlan.profile("e1", "Ada"));
        String tag = header(node.get(PROFILES + "e1", AS_READER), "ETag");

        HttpResponse<String> known =
                node.get(PROFILES + "e1", "If-None-Match", "\"77\", W/" + tag, AS_READER[0], AS_READER[1]);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(header(known, "ETag")).isEqualTo(tag);
        assertThat(node.get(PROFILES + "e1", "If-None-Match", tag).statusCode())
                .as("the operator sees other fields")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "If-Match, '\"1\"', 200",
        "If-Match, '\"2\"', 412",
        "If-Match, 'W/\"1\"', 412",
        "If-Match, '\"1-abc\"', 412",
        "If-Match, *, 200",
        "If-Match, 1, 400",
        "If-Match, '\"1\", \"2\"', 400",
        "If-None-Match, *, 412",
        "If-None-Match, '\"1\"', 400"
    })
    void aWriteHappensOnlyOnItsCondition(String name, String value, int status) {
        String key = "c" + name.length() + "-" + Integer.toHexString(value.hashCode());
        node.put(PROFILES + key, NodePlan.profile(key, "before"));
        HttpResponse<String> put = node.put(PROFILES + key, NodePlan.profile(key, "after"), name, value);

        assertThat(put.statusCode()).isEqualTo(status);
        assertThat(json(node.get(PROFILES + key)).get("name").asString()).isEqualTo(status == 200 ? "after" : "before");
    }

    @Test
    void ofManyWhoCreateAKeyOneWins() {
        AtomicInteger created = new AtomicInteger();
        List<Thread> racing = IntStream.range(0, 8)
                .mapToObj(each -> Thread.ofVirtual().start(() -> {
                    int status = node.put(PROFILES + "race", NodePlan.profile("race", "n" + each), "If-None-Match", "*")
                            .statusCode();
                    created.addAndGet(status == 412 ? 0 : 1);
                }))
                .toList();
        racing.forEach(StateRoutesTest::join);

        assertThat(created).hasValue(1);
        assertThat(header(node.get(PROFILES + "race"), "ETag")).isEqualTo("\"1\"");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsDeletedIsGoneAndCanBeCreatedAgain() {
        assertThat(node.send("DELETE", PROFILES + "d1", null).statusCode()).isEqualTo(404);
        node.put(PROFILES + "d1", NodePlan.profile("d1", "Ada"));

        assertThat(node.send("DELETE", PROFILES + "d1", null, "If-Match", "\"9\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(node.send("DELETE", PROFILES + "d1", null, AS_READER).statusCode())
                .isEqualTo(403);
        assertThat(node.send("DELETE", PROFILES + "d1", null, "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(problem(node.get(PROFILES + "d1"))).isEqualTo("no-value");
        HttpResponse<String> again = node.put(PROFILES + "d1", NodePlan.profile("d1", "Eva"), "If-None-Match", "*");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(header(again, "ETag")).isEqualTo("\"3\"");
    }

    @Test
    void pagesShowEveryKeyOnceInOrder() {
        for (int i = 0; i < 7; i++) {
            node.put("/items/profile/level/" + i, "{\"number\":%d,\"amount\":1.50}".formatted(i));
        }
        List<String> keys = new ArrayList<>();
        String next = "/items/profile/level?limit=3";
        while (next != null) {
            HttpResponse<String> page = node.get(next);
            JsonNode body = json(page);
            body.get("values").forEach(each -> keys.add(each.get("key").asString()));
            next = body.has("next") ? body.get("next").asString() : null;
            assertThat(header(page, "Link")).isEqualTo(next == null ? "" : "<" + next + ">; rel=\"next\"");
        }

        assertThat(keys).containsExactly("0", "1", "2", "3", "4", "5", "6");
        HttpResponse<String> lines = node.get("/items/profile/level?after=4", "Accept", "application/x-ndjson");
        assertThat(header(lines, "Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines.body())
                .isEqualTo("{\"key\":\"5\",\"version\":1,\"value\":{\"number\":5,\"amount\":1.50}}\n"
                        + "{\"key\":\"6\",\"version\":1,\"value\":{\"number\":6,\"amount\":1.50}}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "limit=-1",
                "limit=5&limit=6",
                "page=2",
                "after=%zz",
                "after=%ff",
                "limit="
            })
    void aPageWithAWrongQueryIsRefused(String query) {
        RawCall raw = RawCall.to(node, "GET /items/profile/profile?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(raw.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slash/and/more",
                "..",
                ".",
                "a b",
                "ümläut",
                "100%",
                "a;b=c",
                "😀",
                "q?x=1#f",
                "--",
                "index.html",
                "%2e%2e",
                "\\",
                "a+b"
            })
    void aKeyMayHoldAnyCharacter(String key) {
        String path = PROFILES + PathSegments.encoded(key);
        String escaped = key.replace("\\", "\\\\");

        assertThat(node.put(path, NodePlan.profile(escaped, "K")).statusCode()).isEqualTo(201);
        assertThat(json(node.get(path)).get("customerId").asString()).isEqualTo(key);
        assertThat(node.get("/items/profile/profile?limit=1000").body()).contains("\"key\":\"" + escaped + "\"");
        assertThat(node.send("DELETE", path, null).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"customerId\":\"b1\",\"name\":\"Ada\"} | email: missing",
                "{\"customerId\":\"b1\",\"name\":7,\"email\":\"e\"} | name: a number that does not fit (wanted is string)",
                "{\"customerId\":\"b1\",\"name\":\"A\",\"email\":\"e\",\"more\":1} | there is no field more",
                "{\"customerId\":\"b2\",\"name\":\"A\",\"email\":\"e\"} | is not the key",
                "{\"customerId\":\"b1\",\"name\":\"A\",\"email\":\"e\",\"visits\":2147483648} | visits: a number",
                "{\"customerId\":\"b1\",\"name\":\"\\ud800\",\"email\":\"e\"} | name: text that does not fit",
                "{\"customerId\":\"b1\",\"customerId\":\"b1\",\"name\":\"A\",\"email\":\"e\"} | Duplicate",
                "[1] | cannot be read",
                "null | is JSON null",
                "{ | cannot be read",
                "{} {} | cannot be read"
            })
    void aDocumentThatDoesNotFitThePlanIsRefusedWithItsPlace(String document, String fault) {
        HttpResponse<String> put = node.put(PROFILES + "b1", document);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(problem(put)).isEqualTo("bad-value");
        assertThat(json(put).get("detail").asString()).contains(fault);
        assertThat(node.get(PROFILES + "b1").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyJsonIsTaken() {
        assertThat(RawCall.to(
                                node,
                                "PUT " + PROFILES
                                        + "m1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aNodeThatStartsAgainShowsWhatWasWritten() {
        node.put(PROFILES + "again", NodePlan.profile("again", "Ada"));
        node.close();
        node = RunningNode.in(folder);

        assertThat(json(node.get(PROFILES + "again")).get("name").asString()).isEqualTo("Ada");
        assertThat(node.get("/items/profile/profile?limit=1000").body()).contains("\"key\":\"again\"");
        assertThat(header(node.put(PROFILES + "again", NodePlan.profile("again", "Eva")), "ETag"))
                .isEqualTo("\"2\"");
    }
}
