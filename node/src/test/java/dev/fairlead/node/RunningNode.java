package dev.fairlead.node;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node on a free port of this machine, and a client that knows nothing of Fairlead. */
final class RunningNode implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Node node;
    private final HttpClient client;

    private RunningNode(Node node, HttpClient.Builder client) {
        this.node = node;
        this.client = client.build();
    }

    /** Starts it on the plan and data of this folder, and waits until its copies are live. */
    static RunningNode in(Path folder) {
        return in(folder, NodeLimits.defaults());
    }

    static RunningNode in(Path folder, NodeLimits limits) {
        return started(settings(folder, limits, NodeTimes.defaults()), HttpClient.newBuilder());
    }

    static RunningNode in(Path folder, NodeTimes times) {
        return started(settings(folder, NodeLimits.defaults(), times), HttpClient.newBuilder());
    }

    /** The same with a plan of the test's own. */
    static RunningNode in(Path folder, Path plan, NodeTimes times) {
        return started(NodeSettings.local(plan, folder.resolve("data")).withTimes(times), HttpClient.newBuilder());
    }

    private static NodeSettings settings(Path folder, NodeLimits limits, NodeTimes times) {
        return NodeSettings.local(NodePlan.in(folder), folder.resolve("data"))
                .withLimits(limits)
                .withTimes(times);
    }

    private static RunningNode started(NodeSettings settings, HttpClient.Builder client) {
        RunningNode running = new RunningNode(Node.start(settings), client);
        await().atMost(SOON).until(() -> running.get("/readyz").statusCode() == 200);
        return running;
    }

    /** Starts one with an access file, which lets its callers prove who they are. */
    static RunningNode guarded(Path folder, Path access) {
        return started(
                settings(folder, NodeLimits.defaults(), NodeTimes.defaults()).withAccess(access),
                HttpClient.newBuilder());
    }

    /** As {@link #guarded(Path, Path)}, with a plan of the test's own. */
    static RunningNode guarded(Path folder, Path plan, Path access) {
        return started(NodeSettings.local(plan, folder.resolve("data")).withAccess(access), HttpClient.newBuilder());
    }

    /** As {@link #guarded(Path, Path)}, and with TLS. */
    static RunningNode guarded(Path folder, Path access, SSLContext client) {
        return guarded(folder, access, client, NodeTimes.defaults());
    }

    static RunningNode guarded(Path folder, Path access, SSLContext client, NodeTimes times) {
        return started(
                settings(folder, NodeLimits.defaults(), times).withAccess(access),
                HttpClient.newBuilder().sslContext(client));
    }

    /** The same node, called by somebody else over TLS. */
    RunningNode with(SSLContext other) {
        return new RunningNode(node, HttpClient.newBuilder().sslContext(other));
    }

    /** The same node without TLS, called by another version of the protocol; else it is the newest that the node offers. */
    RunningNode speaking(HttpClient.Version version) {
        return new RunningNode(node, HttpClient.newBuilder().version(version));
    }

    int port() {
        return node.port();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Sends JSON. */
    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((node.isEncrypted() ? "https" : "http") + "://localhost:" + port() + path))
                .timeout(SOON)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The last part of a problem's type. */
    static String problem(HttpResponse<String> response) {
        return json(response).get("type").asString().replace("/problems/", "");
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        node.close();
        client.close();
    }
}
