package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Forms of bodies and answers: CloudEvents, gzip, and answers without content. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormsTest {
    private static final String SALES = "/events/profile/sale";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final int LONG = 5_000;

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .headers(headers);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> post(String type, String body) {
        return send("POST", SALES, body.getBytes(UTF_8), "Content-Type", type);
    }

    private static String structured(String key, String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/till\",\"type\":\"%s\",\"subject\":\"%s\",\"data\":%s}"
                .formatted(type, key, data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                                           | application/json
            application/x-ndjson                                       | application/x-ndjson
            application/x-ndjson, */*;q=0.1                            | application/x-ndjson
            application/json, application/x-ndjson                     | application/json
            application/x-ndjson,application/json;q=0.5                | application/x-ndjson
            Application/X-NDJSON ; q=0.4, application/json ; q=0.5     | application/json
            application/json, application/x-ndjson, text/event-stream  | application/json
            text/html, */*                                             | application/json
            """)
    void whoTakesSeveralFormsGetsJsonUnlessAnotherIsPreferred(String accepted, String type) {
        assertThat(header(node.get("/items/profile/profile", "Accept", accepted), "Content-Type"))
                .isEqualTo(type);
        assertThat(header(node.get("/changes/profile/profile", "Accept", accepted), "Content-Type"))
                .isEqualTo(type);
    }

    @Test
    void cloudEventsAreAppendedAndReadInTheThreeModes() {
        String key = "Ü 100%/\"x\"";
        HttpResponse<byte[]> binary = send(
                "POST",
                SALES,
                "{\"sku\":\"A\",\"quantity\":1}".getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "4711",
                "ce-source",
                "/till",
                "ce-type",
                "profile.sale.ItemAdded",
                "ce-partitionkey",
                "%C3%9C%20100%25/%22x%22");
        assertThat(binary.statusCode()).isEqualTo(201);
        assertThat(post(STRUCTURED, structured("c2", "CouponApplied", "{\"code\":\"X\"}"))
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<byte[]> batch = post(
                BATCH,
                "[" + structured("c3", "ItemAdded", "{\"sku\":\"B\",\"quantity\":2}") + ","
                        + structured("c3", "ItemAdded", "{\"sku\":\"C\",\"quantity\":3}") + "]");
        assertThat(new String(batch.body(), UTF_8)).contains("\"receipts\":[{").contains("\"version\":2");

        HttpResponse<String> all = node.get(SALES, "Accept", BATCH);
        JsonNode events = json(all);
        assertThat(header(all, "Content-Type")).isEqualTo(BATCH);
        assertThat(events).hasSize(4);
        assertThat(events.get(0).get("partitionkey").asString()).isEqualTo(key);
        assertThat(events.get(0).get("type").asString()).isEqualTo("profile.sale.ItemAdded");
        assertThat(events.get(3).get("data").toString()).isEqualTo("{\"sku\":\"C\",\"quantity\":3}");
        assertThat(events.get(3).get("id").asString()).isEqualTo("c3/2");

        HttpResponse<String> one = node.get(SALES + "?mode=binary");
        assertThat(one.body()).isEqualTo("{\"sku\":\"A\",\"quantity\":1}");
        assertThat(header(one, "ce-partitionkey")).isEqualTo("%C3%9C%20100%25/%22x%22");
        assertThat(header(one, "ce-id")).as("a percent sign of the id itself").contains("%25");
        HttpResponse<String> next = node.get(
                SALES + "?from=" + header(one, "Fairlead-Next"), "Accept", STRUCTURED, "Fairlead-Service", "shipping");
        assertThat(next.statusCode())
                .as("a coupon, which shipping does not use")
                .isEqualTo(204);
        HttpResponse<String> third = node.get(
                SALES + "?from=" + header(next, "Fairlead-Next"), "Accept", STRUCTURED, "Fairlead-Service", "shipping");
        assertThat(json(third).get("data").toString())
                .as("the field that shipping uses")
                .isEqualTo("{\"sku\":\"B\"}");
    }

    @Test
    void malformedCloudEventsAreRefusedAndNothingOfTheirBatchIsAppended() {
        String good = structured("bad", "ItemAdded", "{\"sku\":\"B\",\"quantity\":2}");
        String[] broken = {
            "[" + good + "," + structured("bad", "Nothing", "{}") + "]",
            "[" + good + "," + good.replace("\"1.0\"", "\"2.0\"") + "]",
            "[" + good + "," + good.replace("\"subject\"", "\"other\"") + "]",
            "[" + good + "," + good.replace("\"data\"", "\"data_base64\"") + "]",
            "[" + good + ",7]",
            "[]",
            "{}",
            "[" + good + "],\"more\":[]",
            "[" + good,
        };
        for (String batch : broken) {
            assertThat(post(BATCH, batch).statusCode()).as(batch).isEqualTo(400);
        }
        assertThat(post("application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(json(node.get(SALES + "/bad")).get("events")).isEmpty();
    }

    @Test
    void longAnswersArePackedForThoseWhoAcceptIt() throws IOException {
        String name = "A".repeat(LONG);
        node.put("/items/profile/profile/long", NodePlan.profile("long", name));
        String path = "/items/profile/profile/long";
        HttpResponse<byte[]> packed = send("GET", path, new byte[0], "Accept-Encoding", "br, gzip;q=0.5");

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding", "Fairlead-Service");
        assertThat(packed.body().length).isLessThan(LONG / 10);
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(plain.readAllBytes(), UTF_8)).contains(name);
        }
        String tag = packed.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo("\"1--gzip\"");
        assertThat(node.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(node.get(path, "Accept-Encoding", "gzip;q=0").body()).contains(name);
        assertThat(header(node.get(path), "ETag")).isEqualTo("\"1\"");
        assertThat(node.put(path, NodePlan.profile("long", "B"), "If-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(header(node.get("/livez", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEmpty();
    }

    @Test
    void s16APackedBodyIsUnpackedToTheLimitAndNoFurther() throws IOException {
        String path = "/items/profile/profile/packed";
        byte[] profile = gzip(NodePlan.profile("packed", "A".repeat(LONG)).getBytes(UTF_8));
        assertThat(put(path, profile, "gzip").statusCode()).isEqualTo(201);
        byte[] bomb = gzip(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(put(path, bomb, "gzip").statusCode()).isEqualTo(413);
        assertThat(put(path, profile, "br").statusCode()).isEqualTo(415);
        assertThat(put(path, profile, "gzip, gzip").statusCode()).isEqualTo(415);
        assertThat(put(path, new byte[] {1, 2, 3}, "gzip").statusCode()).isEqualTo(400);
        profile[profile.length / 2] ^= 1;
        assertThat(put(path, profile, "gzip").statusCode()).isEqualTo(400);
        assertThat(header(node.get(path), "Fairlead-Version")).isEqualTo("1");
    }

    private HttpResponse<byte[]> put(String path, byte[] body, String coding) {
        return send("PUT", path, body, "Content-Type", "application/json", "Content-Encoding", coding);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void notModifiedSaysNoLengthOfContent() {
        node.put("/items/profile/profile/same", NodePlan.profile("same", "Ada"));
        RawCall call = RawCall.to(
                node,
                "GET /items/profile/profile/same HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"1\"\r\nConnection: close\r\n\r\n");
        assertThat(call.status()).isEqualTo(304);
        assertThat(call.text())
                .doesNotContainIgnoringCase("Content-Length")
                .doesNotContainIgnoringCase("Transfer-Encoding");
        assertThat(problem(node.get("/nothing"))).isEqualTo("not-found");
    }
}
