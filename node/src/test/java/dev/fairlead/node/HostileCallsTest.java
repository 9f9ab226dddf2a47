package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls that no friend makes; the numbers are those of docs/security.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCallsTest {
    private static final String KEY = "/items/profile/profile/h1";
    private static final String HOST = "Host: localhost\r\n";
    private static final String BODY = "Content-Type: application/json\r\n";

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @AfterEach
    void theNodeLives() {
        assertThat(node.get("/livez").statusCode()).isEqualTo(200);
        assertThat(node.get(KEY).statusCode()).as("nothing was written").isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100_000})
    void s13DeepJsonIsRefused(int depth) {
        String json = "{\"customerId\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThat(problem(node.put(KEY, json))).isEqualTo("bad-value");
    }

    @Test
    void s13LongNumbersAndStrangeNamesAreRefused() {
        String number = "{\"customerId\":\"h1\",\"name\":\"A\",\"email\":\"e\",\"visits\":%s}";

        assertThat(problem(node.put(KEY, number.formatted("9".repeat(1_000_000)))))
                .isEqualTo("bad-value");
        assertThat(problem(node.put(KEY, number.formatted("1e999999999")))).isEqualTo("bad-value");
        assertThat(problem(node.put(KEY, number.formatted("1.0")))).isEqualTo("bad-value");
        assertThat(problem(node.put(KEY, number.formatted("1,\"__proto__\":{}"))))
                .isEqualTo("bad-value");
        assertThat(problem(node.put("/items/profile/level/1", "{\"number\":1,\"amount\":1e999999999}")))
                .isEqualTo("bad-value");
    }

    @Test
    void s18WhatIsTooLargeIsRefused() {
        String large = NodePlan.profile("h1", "x".repeat(2 << 20));
        assertThat(problem(node.put(KEY, large))).isEqualTo("too-large");
        assertThat(RawCall.to(
                                node,
                                "PUT " + KEY + " HTTP/1.1\r\n" + HOST + BODY
                                        + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" + "x".repeat(0x200000)
                                        + "\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(413);
        assertThat(RawCall.to(node, "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(1 << 20) + "\r\n\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(RawCall.to(node, "GET / HTTP/1.1\r\n" + HOST + "X: x\r\n".repeat(100_000) + "\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(RawCall.to(node, "GET /" + "x".repeat(1 << 20) + " HTTP/1.1\r\n" + HOST + "\r\n")
                        .status())
                .isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%0d%0ab",
                "%0a",
                "%1b%5b31m",
                "%7f",
                "%c2%85",
                "%ff",
                "%c0%ae",
                "%ed%a0%80",
                "%zz",
                "%",
                "%4"
            })
    void s20ControlCharactersAndNoUtf8InAPathAreRefused(String key) {
        String call = " /items/profile/profile/" + key + " HTTP/1.1\r\n" + HOST;

        assertThat(RawCall.to(node, "GET" + call + "\r\n").status()).isEqualTo(400);
        assertThat(RawCall.to(node, "PUT" + call + BODY + "Content-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /items/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nFairlead-Service: billing\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"
            })
    void s35NothingIsToldOfHowTheNodeIsBuilt(String call) {
        RawCall raw = RawCall.to(node, call);

        assertThat(raw.status()).isBetween(400, 505);
        assertThat(raw.text().toLowerCase(Locale.ROOT))
                .doesNotContain("jetty", "java", "\tat ", "exception", "server:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: example.org\r\n",
                "Host: localhost.example.org\r\n",
                "Host: 127.0.0.1.nip.io:80\r\n",
                "Host: 10.0.0.1\r\n",
                "Host: a_b\r\n",
                "Host: localhost\r\nOrigin: https://example.org\r\n",
                "Host: localhost\r\nOrigin: http://localhost:1\r\n",
                "Host: localhost\r\nOrigin: null\r\n",
                "Host: example.org\r\nX-Forwarded-Host: localhost\r\n"
            })
    void s36AWebPageOfAnotherOriginIsNoCaller(String headers) {
        RawCall raw = RawCall.to(node, "PUT " + KEY + " HTTP/1.1\r\n" + headers + BODY + "Content-Length: 2\r\n\r\n{}");

        assertThat(raw.status()).isEqualTo(403);
        assertThat(raw.text()).contains("foreign-origin");
    }

    @Test
    void s36WhatAProxyWouldSayIsNotBelieved() {
        HttpResponse<String> read = node.get(
                KEY,
                "Fairlead-Service",
                "shipping",
                "X-Forwarded-For",
                "127.0.0.1",
                "X-Tenant",
                "profile",
                "Forwarded",
                "for=x");

        assertThat(problem(read)).isEqualTo("not-declared");
        assertThat(RawCall.to(
                                node,
                                "GET " + KEY + " HTTP/1.1\r\n" + HOST
                                        + "Fairlead-Service: shipping\r\nFairlead-Service: profile\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    /** Versions, marks, attempts and origins are the node's; who says them is not heard. */
    @Test
    void s19WhatOnlyTheNodeSaysIsNotTakenFromACaller() {
        String[] forged = {
            "Fairlead-Version", "99",
            "Fairlead-Retired", "true",
            "Fairlead-Attempt", "99",
            "Fairlead-Health", "GAP",
            "Fairlead-Next", "1:profile.sale:9",
            "ce-specversion", "1.0",
            "ce-id", "forged/99",
            "ce-source", "fairlead:profile.profile",
            "ce-type", "profile.sale.ItemAdded",
            "ce-partitionkey", "s19",
            "ce-time", "1999-01-01T00:00:00Z",
            "ce-fairleadversion", "99",
            "ce-fairleadchecksum", "00000000",
            "ce-fairleadretired", "true",
            "ce-fairleadcause", "profile.sale@1",
            "ce-traceparent", "nonsense"
        };
        HttpResponse<String> written = node.put("/items/profile/level/19", "{\"number\":19,\"amount\":1}", forged);
        assertThat(json(written).get("version").asInt()).isEqualTo(1);
        assertThat(header(node.get("/items/profile/level/19"), "Fairlead-Version"))
                .isEqualTo("1");
        assertThat(header(node.get("/items/profile/level/19"), "Fairlead-Retired"))
                .isEqualTo("false");

        assertThat(node.send("POST", "/events/profile/sale", "{\"sku\":\"A\",\"quantity\":1}", forged)
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> event = node.get("/events/profile/sale/s19?mode=binary");
        assertThat(header(event, "ce-id")).isEqualTo("s19/1");
        assertThat(header(event, "ce-source")).isEqualTo("fairlead:profile.sale");
        assertThat(header(event, "ce-fairleadversion")).isEqualTo("1");
        assertThat(header(event, "ce-fairleadchecksum")).isNotEqualTo("00000000");
        assertThat(header(event, "ce-time")).doesNotStartWith("1999");
        assertThat(event.headers().map()).doesNotContainKeys("ce-fairleadretired", "ce-fairleadcause");

        assertThat(node.send("POST", "/requests/profile/welcome", "{\"customerId\":\"s19\"}", forged)
                        .statusCode())
                .isEqualTo(202);
        JsonNode lease = json(node.send("POST", "/leases/profile/welcome?wait=20", null, forged))
                .get("leases")
                .get(0);
        assertThat(lease.get("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void s20EveryPartOfThePathIsFuzzed() {
        Random random = new Random(51);
        for (int i = 0; i < 500; i++) {
            StringBuilder path = new StringBuilder("/items");
            for (int part = 0; part < 3; part++) {
                path.append('/');
                for (int at = 0; at < random.nextInt(12); at++) {
                    path.append("%%%02x".formatted(random.nextInt(256)));
                }
            }
            int status = RawCall.to(node, "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n")
                    .status();
            assertThat(status).as(path.toString()).isIn(400, 404);
        }
    }
}
