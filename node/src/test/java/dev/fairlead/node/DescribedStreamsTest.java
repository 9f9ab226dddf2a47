package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A stream says what the AsyncAPI document of its node says that it says. */
class DescribedStreamsTest {
    private static final Pattern EVENT = Pattern.compile("event: (.+)\ndata: (.+)\n");

    @Test
    void allThatComesIsDescribed(@TempDir Path place) {
        NodeTimes times = NodeTimes.defaults().withHeartbeat(Duration.ofMillis(50));
        try (RunningNode node = RunningNode.in(place, DescribedPlan.in(place), times)) {
            JsonNode document = RunningNode.json(node.get("/asyncapi.json"));
            JsonNode channel = document.at("/channels/shop.level");
            DocumentSchemas schemas = new DocumentSchemas(document);
            node.put("/items/shop/level/7", "{\"number\":7,\"note\":\"high\"}");
            node.put("/items/shop/level/8", "{\"number\":8}");
            node.send("DELETE", "/items/shop/level/8", null);

            try (OpenStream stream = OpenStream.of(node, channel.get("address").asString(), "")) {
                stream.awaitText("event: removed");
                stream.awaitText("event: health");
                Set<String> names = new TreeSet<>();
                for (MatchResult event : EVENT.matcher(stream.text()).results().toList()) {
                    JsonNode reference = channel.get("messages").get(event.group(1));
                    JsonNode message =
                            document.at(reference.get("$ref").asString().substring(1));
                    assertThat(schemas.faults(message.get("payload"), event.group(2)))
                            .as(event.group())
                            .isEmpty();
                    names.add(event.group(1));
                }
                assertThat(names).contains("put", "removed");
            }
        }
    }

    @Test
    void aMessageThatIsNotDescribedWouldBeFound(@TempDir Path place) {
        try (RunningNode node = RunningNode.in(place, DescribedPlan.in(place), NodeTimes.defaults())) {
            JsonNode document = RunningNode.json(node.get("/asyncapi.json"));
            JsonNode payload = document.at("/components/messages/shop.level.put/payload");
            DocumentSchemas schemas = new DocumentSchemas(document);

            assertThat(schemas.faults(payload, "{\"key\":\"7\",\"version\":1,\"value\":{\"number\":7}}"))
                    .isEmpty();
            assertThat(schemas.faults(payload, "{\"key\":\"7\",\"version\":1,\"value\":{\"number\":\"7\"}}"))
                    .isNotEmpty();
            assertThat(schemas.faults(payload, "{\"key\":\"7\",\"version\":1,\"value\":{\"number\":7,\"x\":1}}"))
                    .isNotEmpty();
        }
    }
}
