package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProveCommandTest {
    private static final String COMMANDS = "total_commands_processed:";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void provesOneGroupAtEveryDurabilityAndReportsIt() throws Exception {
        Path report = folder.resolve("report.json");

        assertThat(run("prove", "embedded", "--only", "limits", "--seed", "7", "--report", report.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.FINE);

        assertThat(out.toString()).contains("embedded at D0", "embedded at D1", "embedded at D2", " 0 failed, seed 7");
        JsonNode written = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(written.propertyNames()).containsExactly("command", "seed", "passed", "checks", "figures");
        assertThat(written.get("command").asString()).isEqualTo("prove embedded");
        assertThat(written.get("passed").asBoolean()).isTrue();
        assertThat(written.get("checks"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.propertyNames()).containsExactly("name", "passed", "detail"));
        assertThat(written.get("figures").get("checks").asInt())
                .isEqualTo(written.get("checks").size());
    }

    @Test
    void judgesTheHistoriesOfWorkloadsInWhichAppendsFail() throws Exception {
        Path report = folder.resolve("report.json");
        assertThat(run("prove", "embedded", "--only", "history", "--faults", "--report", report.toString()))
                .as(out + err.toString())
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("history").contains(" 0 failed, seed 1");
        JsonNode checks = JsonMapper.shared().readTree(Files.readString(report)).get("checks");
        assertThat(checks)
                .extracting(check -> check.get("name").asString())
                .contains("D2 history: queue: A10 a record has at most one effect in a group")
                .anyMatch(name -> name.startsWith("D2 history: log: A9 "))
                .anyMatch(name -> name.startsWith("D2 history: events: A7 "))
                .anyMatch(name -> name.startsWith("D2 history: events: A15 "))
                .anyMatch(name -> name.startsWith("D2 history: call: A14 "));
    }

    @Test
    void provesADatabaseOnTablesThatItTakesAway() throws Exception {
        String url = "jdbc:h2:mem:prove;DB_CLOSE_DELAY=-1";

        assertThat(run("prove", "sql", "--url", url, "--only", "limits"))
                .as(err.toString() + out)
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("sql at D0", " 0 failed", "What weakens it:", "the database is in memory");
        out.getBuffer().setLength(0);
        assertThat(run("prove", "sql", "--url", url, "--only", "refusals")).isEqualTo(ExitCode.FINE);
        assertThat(out.toString())
                .containsPattern("survive a kill of the process \\(D1\\) +not offered, and refused \\(1 of 1\\)");
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet tables = connection.getMetaData().getTables(null, "PUBLIC", "%", null)) {
            assertThat(tables.next()).as("a table is left").isFalse();
        }
    }

    @Test
    void provesABrokerUnderNamesThatItTakesAway() throws Exception {
        String url = RealServer.KAFKA.shared().getOrDefault("url", "");
        Path report = folder.resolve("report.json");

        assertThat(run(
                        "prove",
                        "kafka",
                        "--url",
                        url,
                        "--set",
                        "timeout=30s",
                        "--only",
                        "dead letters",
                        "--report",
                        report.toString()))
                .as(err.toString() + out)
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString())
                .contains("kafka at D2", " 0 failed", "What weakens it:", "a record is kept by one broker")
                .containsPattern("keep a message until it is handled +proven");
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(report))
                        .get("passed")
                        .asBoolean())
                .isTrue();
        out.getBuffer().setLength(0);
        assertThat(run("prove", "kafka", "--url", url, "--set", "acks=0")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("unknown setting");
    }

    /** Its retention is asked for, and its clock moved, as those of a mechanism in one process are. */
    @Test
    void provesANodeOnStoresThatItTakesAway() throws Exception {
        try (ShopNode node = ShopNode.in(folder, "embedded: { }", 0)) {
            assertThat(run("prove", "http", "--url", "http://localhost:" + node.port(), "--only", "keep"))
                    .as(err.toString() + out)
                    .isEqualTo(ExitCode.FINE);
        }
        assertThat(out.toString()).contains("http at D2", "5 checks, 0 failed");
        assertThat(folder.resolve("data/spaces")).isEmptyDirectory();
    }

    /** What the planner says of a database depends on its address, which the services of the proof must be told. */
    @Test
    void judgesAHistoryOnADatabaseThatKeepsWhatItIsGiven() {
        List<String> words = new ArrayList<>(List.of("prove", "sql", "--only", "history"));
        RealServer.POSTGRESQL
                .shared()
                .forEach((setting, value) -> words.addAll(
                        setting.equals("url") ? List.of("--url", value) : List.of("--set", setting + "=" + value)));

        assertThat(run(words.toArray(String[]::new))).as(err.toString() + out).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("sql at D2", " 0 failed");
    }

    @ParameterizedTest
    @EnumSource(names = {"REDIS", "VALKEY"})
    void provesRedisAndWhatIsLikeIt(RealServer server) {
        String url = server.shared().getOrDefault("url", "");

        assertThat(run("prove", "redis", "--url", url, "--only", "queue leases"))
                .as(err.toString() + out)
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString())
                .contains("redis at D2", " 0 failed")
                .containsPattern("keep a message until it is handled +proven");
    }

    @ParameterizedTest
    @CsvSource({"ARTEMIS, D2", "ACTIVEMQ, D1"})
    void provesBothKindsOfActivemq(RealServer server, String level) {
        String url = server.shared().getOrDefault("url", "");

        assertThat(run("prove", "activemq", "--url", url, "--only", "queue ends"))
                .as(err.toString() + out)
                .isEqualTo(ExitCode.FINE);
        assertThat(out.toString())
                .contains("activemq at " + level, " 0 failed")
                .containsPattern("keep a message until it is handled +proven");
    }

    @Test
    void startsAServerOfItsOwnWhereNoneIsNamed() {
        assertThat(run("prove", "sql", "--only", "limits"))
                .as(err.toString() + out)
                .isEqualTo(ExitCode.FINE);
        assertThat(err.toString()).contains("looking for a server of sql, or starting one");
        assertThat(out.toString()).contains("sql at D2", " 0 failed");
    }

    @Test
    void asksForANodeAndForNoServerOfWhatHasNone() {
        assertThat(run("prove", "http")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("http needs --url");
        assertThat(run("prove", "sql", "--user", "me")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("--user and --password-env are for the server at --url");
        assertThat(run("prove", "embedded", "--url", "jdbc:h2:mem:a")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(run("prove", "sql", "--url", "jdbc:oracle:a")).isNotEqualTo(ExitCode.FINE);
        assertThat(err.toString()).contains("jdbc:postgresql:, jdbc:mariadb: or jdbc:h2:");
    }

    @Test
    void refusesAPrefixBecauseItTakesOneOfItsOwn() {
        assertThat(run("prove", "sql", "--url", "jdbc:h2:mem:a", "--set", "prefix=mine_"))
                .isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("--set prefix is not for a proof", "(leave it out)");
    }

    @Test
    void aServerThatGoesAwayInTheMiddleLeavesATableAndAReport() throws Exception {
        Path report = folder.resolve("report.json");
        try (ServerProcess server = RealServer.REDIS.start()) {
            String url = server.settings().getOrDefault("url", "");
            URI place = URI.create(url);
            CompletableFuture<Integer> proof = CompletableFuture.supplyAsync(() -> run(
                    "prove",
                    "redis",
                    "--url",
                    url,
                    "--set",
                    "start-wait=1s",
                    "--set",
                    "timeout=1s",
                    "--only",
                    "queue",
                    "--report",
                    report.toString()));
            await().atMost(Duration.ofMinutes(1)).until(() -> commands(place) > 5000);
            server.kill();

            assertThat(proof.get(2, TimeUnit.MINUTES)).as(err.toString() + out).isEqualTo(ExitCode.UNREACHABLE);
        }
        assertThat(err.toString())
                .contains("the server went away, and what was not tried is not proven", "left behind");
        assertThat(out.toString()).containsPattern("redis is NOT proven \\(\\d+ not tried\\)");
        JsonNode written = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(written.get("passed").asBoolean()).isFalse();
        assertThat(written.get("checks"))
                .extracting(check -> check.get("detail").asString())
                .contains("not tried: the server went away");
    }

    /** How many the server has worked on: by that a test knows that the proof is in its middle. */
    private static long commands(URI redis) throws IOException {
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("INFO stats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.lines()
                    .filter(line -> line.startsWith(COMMANDS))
                    .mapToLong(line -> Long.parseLong(line.substring(COMMANDS.length())))
                    .sum();
        }
    }

    @Test
    void namesWhatThereIsWhenAskedForSomethingElse() {
        assertThat(run("prove", "kafak")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("no mechanism `kafak` (use ", "embedded", "kafka", "sql");
        assertThat(run("prove", "embedded", "--only", "limit")).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(err.toString()).contains("no group `limit` (use ").contains("limits");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
