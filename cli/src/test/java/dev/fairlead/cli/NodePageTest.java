package dev.fairlead.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import dev.fairlead.node.NodeTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page's curl commands say what the page shows, one after the other, on a node that runs the page's plan. */
class NodePageTest {
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```sh\\n(curl .*?)^```\\n```text\\n(.*?)^```");
    private static final Pattern FILE = Pattern.compile("(?ms)^```yaml\\n# (shop/\\S+)\\n(.*?)^```");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/node.md"})
    void theCommandsOfThePageSayWhatThePageShows(String name) throws Exception {
        String page = Files.readString(Documents.root().resolve(name));
        Path plan = folder.resolve("shop");
        assertThat(CommandRun.of("init", plan).exitCode()).isZero();
        Path checkout = plan.resolve("checkout.yaml");
        Files.writeString(checkout, Documents.unhurried(Files.readString(checkout)));
        for (MatchResult file : FILE.matcher(page).results().toList()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        NodeSettings settings = NodeSettings.local(plan, folder.resolve("shop-data"))
                .withTimes(NodeTimes.defaults().withHeartbeat(Duration.ofMillis(100)));
        try (Node node = Node.start(settings)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> shell("curl -s -o /dev/null -w '%{http_code}' http://localhost:7733/readyz", node)
                            .equals("200"));
            List<MatchResult> blocks = SHOWN.matcher(page).results().toList();
            assertThat(blocks).isNotEmpty();
            for (MatchResult block : blocks) {
                assertThat(said(block.group(1), node)).as(block.group(1)).isEqualTo(block.group(2));
            }
        }
    }

    /** What the lines say, each on a line of its own. */
    private String said(String commands, Node node) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String command : commands.lines().toList()) {
            said.append(shell(command, node).stripTrailing()).append('\n');
        }
        return said.toString().replace(folder + "/", "");
    }

    private static String shell(String command, Node node) throws IOException, InterruptedException {
        String here = command.replace(":" + NodeSettings.PORT, ":" + node.port());
        Process shell = new ProcessBuilder("bash", "-c", here)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
        shell.waitFor();
        return said;
    }
}
