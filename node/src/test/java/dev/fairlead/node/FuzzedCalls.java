package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.node.DescribedClient.Described;
import dev.fairlead.node.KeptConnection.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Calls by chance that an OpenAPI document leads to: most of them as it says, and many of them wrong in one way or another. For one thread. */
final class FuzzedCalls {
    private static final List<String> TEXTS = Stream.concat(
                    Stream.of(
                            "k1",
                            "k2",
                            "ä ı 🚢",
                            "a/b",
                            "..",
                            ".",
                            "%2e%2e",
                            "a;b=c",
                            "a?b#c",
                            "a+b&c=d",
                            "x".repeat(300)),
                    Stream.of("", " ", "-1", "0", "1e9", "null", "9".repeat(30), "\u0000", "a\r\nb", "\"'<>\\^`{|}"))
            .toList();
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO");
    private static final List<String> HEADERS = List.of(
            "Accept: text/html",
            "Accept: application/x-ndjson",
            "Accept-Encoding: gzip",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Content-Length: 7",
            "Expect: 100-continue",
            "Expect: something-else",
            "Host: example.org",
            "If-Match: \"1\"",
            "If-Match: nonsense",
            "If-None-Match: *",
            "Idempotency-Key: k",
            "Fairlead-Deadline: soon",
            "Fairlead-Service: nobody",
            "Fairlead-Service: reader",
            "Origin: https://example.org",
            "Connection: close",
            "Connection: keep-alive",
            "X-Long: " + "x".repeat(9_000),
            "X-Odd: \u00e4\u0001",
            "Upgrade: h2c",
            "Range: bytes=0-1",
            "ce-id: ");
    private static final String JSON = "application/json";
    private static final int TOO_LONG = (1 << 20) + 1;
    private static final int LONGEST_PAUSE_MILLIS = 10;

    private final DescribedClient document;
    private final Random random;
    private final JsonSamples samples;
    private final List<Described> operations;

    FuzzedCalls(DescribedClient document, long seed) {
        this.document = document;
        this.random = new Random(seed);
        this.samples = new JsonSamples(random, document::resolved);
        this.operations = List.copyOf(document.operations().values());
    }

    /**
     * A call of an operation.
     *
     * @param isWrong whether something was done to it of which the document does not speak
     */
    record Call(Described operation, boolean isWrong, Sent sent) {}

    Call next() {
        Described operation = samples.any(operations);
        boolean isWrong = isOnceIn(3);
        String method = isWrong && isOnceIn(4) ? samples.any(METHODS) : operation.method();
        List<String> headers = new ArrayList<>();
        if (!document.callerLine().isEmpty()) {
            headers.add(document.callerLine());
        }
        String target = target(operation, headers, isWrong);
        byte[] body = body(operation, headers, isWrong);
        if (isWrong && isOnceIn(2)) {
            headers.add(samples.any(HEADERS));
        }
        Sent head = Sent.of(method, target, headers.toArray(String[]::new));
        int pause = isOnceIn(3) ? random.nextInt(1, LONGEST_PAUSE_MILLIS) : 0;
        Sent whole = head.then(body, pause);
        return new Call(operation, isWrong, isOnceIn(3) ? whole.cut(random.nextInt(1, whole.length()), pause) : whole);
    }

    private boolean isOnceIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** The path with its query; adds the parameters that are headers. */
    private String target(Described operation, List<String> headers, boolean isWrong) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode each : operation.node().path("parameters")) {
            JsonNode parameter = document.resolved(each);
            String name = parameter.get("name").asString();
            String value = value(name, parameter.get("schema"));
            boolean isGiven = parameter.path("required").asBoolean() ? !isOnceIn(20) : isOnceIn(2);
            String place = parameter.get("in").asString();
            if (place.equals("path")) {
                path = path.replace("{" + name + "}", PathSegments.encoded(value));
            } else if (place.equals("query") && isGiven) {
                query.add(name + "=" + PathSegments.encoded(value));
            } else if (place.equals("header") && (isGiven || name.equals(RequestRoutes.DEADLINE))) {
                headers.add(name + ": " + value.replaceAll("[\\r\\n\\x00]", ""));
            }
        }
        if (isWrong && isOnceIn(6)) {
            query.add(samples.any(List.of("x=1", "limit", "limit=1", "=", "%", "wait=0")));
        }
        String whole = isWrong && isOnceIn(4) ? broken(path) : path;
        return query.isEmpty() ? whole : whole + "?" + String.join("&", query);
    }

    /** A value of the schema, or any text; of times only short ones, because the calls come one after another. */
    private String value(String name, JsonNode schema) {
        if (name.equals("wait")) {
            return isOnceIn(4) ? samples.any(List.of("-1", "21", "a", "")) : "0";
        }
        if (name.equals(RequestRoutes.DEADLINE)) {
            return samples.any(List.of("1ms", "20ms", "0s", "soon"));
        }
        return isOnceIn(3) ? samples.any(TEXTS) : samples.of(schema).asString();
    }

    private String broken(String path) {
        return switch (random.nextInt(8)) {
            case 0 -> path + "/";
            case 1 -> path + "/%zz";
            case 2 -> path + "/%ff%fe";
            case 3 -> path.replace("/", "//");
            case 4 -> path + "/../x";
            case 5 -> path + "\u00e4";
            case 6 -> path + "/" + "y".repeat(9_000);
            default -> path.substring(0, random.nextInt(1, path.length()));
        };
    }

    /** What is sent as a body, where there is one; adds the headers that go with it. */
    private byte[] body(Described operation, List<String> headers, boolean isWrong) {
        JsonNode content = operation.node().at("/requestBody/content");
        if (content.isMissingNode() && !isOnceIn(8)) {
            return new byte[0];
        }
        String type = content.isMissingNode() ? JSON : samples.any(List.copyOf(content.propertyNames()));
        JsonNode schema = content.path(type).path("schema");
        String text = schema.isMissingNode() ? "{}" : samples.of(schema).toString();
        byte[] body = isWrong ? wrong(text) : text.getBytes(UTF_8);
        if (!isWrong || !isOnceIn(5)) {
            headers.add("Content-Type: " + (isWrong && isOnceIn(5) ? "text/plain" : type));
        }
        if (isOnceIn(4)) {
            headers.add("Transfer-Encoding: chunked");
            return chunked(body, isWrong && isOnceIn(8) ? "zz" : "");
        }
        headers.add("Content-Length: " + body.length);
        return body;
    }

    private byte[] wrong(String text) {
        return switch (random.nextInt(9)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, random.nextInt(text.length())).getBytes(UTF_8);
            case 2 -> text.replace("\"", "'").getBytes(UTF_8);
            case 3 -> "[1,\"a\",null,{}]".getBytes(UTF_8);
            case 4 -> text.getBytes(UTF_16);
            case 5 -> "[".repeat(10_000).getBytes(UTF_8);
            case 6 -> isOnceIn(4) ? new byte[TOO_LONG] : "x".repeat(20_000).getBytes(UTF_8);
            case 7 -> text.replaceAll("[0-9]+", "\"one\"").getBytes(UTF_8);
            default -> text.replaceFirst("\\{", "{\"unknown\":1,").getBytes(UTF_8);
        };
    }

    /** In two chunks, with something before the length of each. */
    private static byte[] chunked(byte[] body, String fault) {
        StringBuilder text = new StringBuilder();
        int half = body.length / 2;
        for (byte[] part : List.of(Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length))) {
            if (part.length > 0) {
                text.append(fault).append(Integer.toHexString(part.length)).append("\r\n");
                text.append(new String(part, ISO_8859_1)).append("\r\n");
            }
        }
        return text.append("0\r\n\r\n").toString().getBytes(ISO_8859_1);
    }
}
