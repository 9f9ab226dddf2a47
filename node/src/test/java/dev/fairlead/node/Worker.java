package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes work of one item from a node as one service does, and settles it. */
record Worker(RunningNode node, String service, String item, String query) {
    static Worker of(RunningNode node, String service, String item) {
        return new Worker(node, service, item, "");
    }

    /** The same for a group of events. */
    static Worker ofGroup(RunningNode node, String service, String item, String group) {
        return new Worker(node, service, item, "&group=" + URLEncoder.encode(group, UTF_8));
    }

    private String path() {
        return "/leases/" + item.replace('.', '/');
    }

    HttpResponse<String> poll(String more) {
        return post("?wait=10" + query + more, null);
    }

    /** The next pieces of work, waited for; none after ten seconds. */
    List<JsonNode> take(String more) {
        List<JsonNode> leases = new ArrayList<>();
        RunningNode.json(poll(more)).get("leases").forEach(leases::add);
        return leases;
    }

    JsonNode one() {
        return take("&limit=1").getFirst();
    }

    HttpResponse<String> acknowledge(JsonNode lease, @Nullable String answer) {
        return settle(lease, "acknowledge", answer);
    }

    HttpResponse<String> settle(JsonNode lease, String how, @Nullable String body) {
        return post("/" + lease.get("lease").asString() + "/" + how, body);
    }

    private HttpResponse<String> post(String rest, @Nullable String body) {
        return node.send("POST", path() + rest, body, Caller.HEADER, service);
    }
}
