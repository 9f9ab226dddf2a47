package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void writesAReportWithTheKeysThatScriptsRelyOn() {
        Path report = folder.resolve("report.json");

        CommandRun run =
                CommandRun.of("demo", "trading", "--for", "5s", "--speed", "2000", "--seed", "42", "--report", report);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).matches(" *[0-9]+\\.[0-9]{3}s .*"));
        JsonNode json = JsonMapper.shared().readTree(report);
        assertThat(json.path("command").stringValue()).isEqualTo("demo trading");
        assertThat(json.path("seed").longValue()).isEqualTo(42);
        assertThat(json.path("passed").booleanValue()).isTrue();
        assertThat(names(json))
                .contains(
                        "digestsAgree",
                        "gapStayedInOneKey",
                        "staleWasRefused",
                        "conflatedReaderKeptLatest",
                        "quietIsNotDead");
        JsonNode figures = json.path("figures");
        assertThat(List.of(
                        "published",
                        "reader.order-entry.delivered",
                        "reader.portfolio.delivered",
                        "reader.gateway.conflated",
                        "reader.risk.delivered",
                        "lateJoiner.liveMillis",
                        "gap.recoveredMillis",
                        "readyMillis"))
                .allSatisfy(name ->
                        assertThat(figures.path(name).isNumber()).as(name).isTrue());
    }

    @Test
    void theStoreWritesTheChecksThatScriptsRelyOn() {
        Path report = folder.resolve("report.json");

        CommandRun run = CommandRun.of("demo", "store", "--for", "6s", "--seed", "42", "--report", report);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(report);
        assertThat(json.path("command").stringValue()).isEqualTo("demo store");
        assertThat(json.path("passed").booleanValue()).isTrue();
        assertThat(names(json))
                .contains(
                        "nothingLost",
                        "nothingTwice",
                        "orderKept",
                        "parkedKeyOnly",
                        "redriveKeepsOrder",
                        "replayHasNoEffects",
                        "ownerDownCopiesServe",
                        "staleChargeRefused",
                        "crashBetweenSaveAndPublish");
        assertThat(json.path("figures").path("sales.begun").longValue()).isPositive();
    }

    private static List<String> names(JsonNode report) {
        List<String> names = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            names.add(check.path("name").stringValue());
            assertThat(check.path("detail").stringValue()).isNotBlank();
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "shop                          | there is no demo `shop` (use trading or store)",
                "store --for 4s                | the demo runs from 5s",
                "store --trades t.csv          | --trades is for the trading demo (the store takes --data DIR)",
                "store --data none             | none is no folder",
                "store --mechanism pigeons     | there is no mechanism 'pigeons' here (use activemq or embedded",
                "store --mechanism http --url localhost:7733 | 'url' is http://HOST[:PORT], or https:// for TLS",
                "store --mechanism http --user shop           | unknown setting 'user'",
                "trading --for 4s              | the demo runs from 5s",
                "trading --for soon            | 'soon' is no time",
                "trading --speed 0             | the speed is a number from 1",
                "trading --mechanism pigeons   | there is no mechanism 'pigeons' here (use activemq or embedded",
                "trading --trades none.csv     | the trades in none.csv cannot be read",
                "trading --report none/r.json  | cannot write --report none/r.json",
                "trading --colour              | Unknown option",
            })
    void refusesWrongUsageOnOneLine(String arguments, String message) {
        CommandRun run;
        try (LoggedLines logged = LoggedLines.open()) {
            run = CommandRun.of((Object[]) ("demo " + arguments).split(" +"));
            assertThat(logged.lines())
                    .noneMatch(line -> line.contains("dev.fairlead.examples") && line.contains("failed"));
        }

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("fairlead: ").contains(message);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aDataFolderThatIsAFileCannotBeReached() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        CommandRun run = CommandRun.of("demo", "trading", "--data", file);

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(file.toString());
        assertThat(file).hasContent("in the way");
    }
}
