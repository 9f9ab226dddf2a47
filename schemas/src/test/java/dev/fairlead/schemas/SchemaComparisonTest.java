package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.KnownFiles;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.check.Change;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.EarlierVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaComparisonTest {
    private static final String TRADE = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
            	"type": "object",
             "properties": { "id": {"type": "string"}, "price": {"type": "number"}, "note": {"type": "string"} },
             "required": ["id", "price"]}
            """;
    private static final String ORDER = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "string"}, {"name": "amount", "type": "long"}]}
            """;

    @TempDir
    private Path folder;

    private int versions;

    private PlanResult read(String file, String schema, String... readers) throws IOException {
        Path version = Files.createDirectory(folder.resolve("v" + versions++));
        Files.writeString(version.resolve(file), schema);
        Files.writeString(
                version.resolve("shop.yaml"),
                "service: shop\nshares:\n  item: { kind: state, key: id, schema: " + file + " }\n");
        for (int number = 0; number < readers.length; number++) {
            Files.writeString(
                    version.resolve("r" + number + ".yaml"),
                    "service: r" + number + "\nneeds:\n  shop.item: { uses: [ " + readers[number]
                            + " ], within: 5s }\n");
        }
        return PlanReader.readDangling(List.of(version), null, new KnownFiles());
    }

    private Plan plan(String file, String schema, String... readers) throws IOException {
        return Objects.requireNonNull(read(file, schema, readers).plan());
    }

    private static List<String> found(Plan before, Plan now) {
        return SchemaComparison.compare(before, now, List.of(), Instant.EPOCH).stream()
                .map(SchemaComparisonTest::line)
                .toList();
    }

    private static String line(CheckFinding each) {
        Change change = Objects.requireNonNull(each.change());
        return each.finding().severity().word() + " " + each.finding().rule().id() + " " + change.readers() + " "
                + change.text() + " " + change.witness();
    }

    @Test
    void aNewMemberBreaksNobody() throws IOException {
        String wider = TRADE.replace("\"note\"", "\"venue\": {\"type\": \"integer\"}, \"note\"");

        assertThat(found(plan("t.json", TRADE, "price"), plan("t.json", wider, "price")))
                .isEmpty();
    }

    @Test
    void onlyReadersThatUseWhatChangedAreNamed() throws IOException {
        String changed = TRADE.replace("\"number\"", "\"string\"");

        assertThat(found(plan("t.json", TRADE, "price", "note"), plan("t.json", changed, "price", "note")))
                .containsExactly("error schema-breaking [r0] BREAKING(witness) {\"id\":\"\",\"price\":\"\"}");
    }

    @Test
    void theFindingPointsAtTheSchemaOfTheShare() throws IOException {
        String changed = TRADE.replace("\"number\"", "\"string\"");

        List<CheckFinding> findings = SchemaComparison.compare(
                plan("t.json", TRADE, "price"), plan("t.json", changed, "price"), List.of(), Instant.EPOCH);

        assertThat(findings).singleElement().satisfies(each -> {
            assertThat(each.finding().place().file()).endsWith("v1/shop.yaml");
            assertThat(each.finding().place().line()).isEqualTo(3);
            assertThat(each.finding().message()).startsWith("the schema of `shop.item` breaks r0: ");
        });
    }

    @Test
    void whatCannotBeDecidedIsAWarning() throws IOException {
        String pattern = TRADE.replace(
                "\"note\": {\"type\": \"string\"}",
                "\"note\": {\"type\": \"string\", \"not\": {\"pattern\": \"^q{40}$\"}}");

        assertThat(found(plan("t.json", TRADE, "note"), plan("t.json", pattern, "note")))
                .containsExactly("warning schema-undecided [r0] UNDECIDED null");
        assertThat(found(plan("t.json", TRADE, "id"), plan("t.json", pattern.replace("{40}", "{41}"), "id")))
                .isEmpty();
        assertThat(found(
                        plan("t.json", TRADE, "id"),
                        plan(
                                "t.json",
                                "{\"$ref\": \"https://example.org/x.json\", \"properties\": {\"id\": {\"type\": \"string\"}}, \"required\": [\"id\"]}",
                                "id")))
                .containsExactly("warning schema-undecided [r0] UNDECIDED null");
    }

    @Test
    void avroIsWrittenAndReadAgain() throws IOException {
        assertThat(found(
                        plan("o.avsc", ORDER, "amount", "id"),
                        plan("o.avsc", ORDER.replace("\"long\"", "\"string\""), "amount", "id")))
                .containsExactly("error schema-breaking [r0] BREAKING(witness) {\"id\": \"a\", \"amount\": \"a\"}");
        assertThat(found(
                        plan("o.avsc", ORDER, "amount"),
                        plan(
                                "o.avsc",
                                ORDER.replace(
                                        "\"long\"", "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}"),
                                "amount")))
                .containsExactly("error meaning-changed [r0] meaning null");
    }

    @Test
    void protobufIsWrittenAndReadAgain() throws IOException {
        String order = "syntax = \"proto3\"; message Order { string id = 1; int64 amount = 2; }";

        assertThat(found(
                        plan("o.proto", order, "amount", "id"),
                        plan("o.proto", order.replace("int64", "string"), "amount", "id")))
                .containsExactly("error schema-breaking [r0] BREAKING(witness) {\"amount\":\"a\"}");
        assertThat(found(
                        plan("o.proto", order, "amount", "id"),
                        plan("o.proto", order.replace("int64 amount = 2;", "reserved 2;"), "id")))
                .containsExactly("warning schema-suspect [r0] SUSPECT null");
        assertThat(found(plan("o.proto", order, "id"), plan("o.proto", order.replace("int64", "int"), "id")))
                .containsExactly("warning schema-undecided [r0] UNDECIDED null");
    }

    @Test
    void whatMayStillBeThereOfEarlierVersionsIsReadByTheNewReaders() throws IOException {
        Plan first = plan("t.json", TRADE.replace("\"number\"", "\"string\""), "price", "note");
        Plan before = plan("t.json", TRADE.replace("\"number\"", "[\"number\", \"string\"]"), "price", "note");
        Plan now = plan("t.json", TRADE, "price", "note");
        Plan harmless = plan("t.json", TRADE.replace("{\"type\": \"number\"}", "{}"), "price", "note");
        List<EarlierVersion> earlier = List.of(new EarlierVersion("abc", Instant.EPOCH, first.items()));

        assertThat(SchemaComparison.compare(before, harmless, earlier, Instant.EPOCH).stream()
                        .map(SchemaComparisonTest::line))
                .noneMatch(line -> line.contains("string"));
        assertThat(SchemaComparison.compare(now, now, earlier, Instant.EPOCH).stream()
                        .map(SchemaComparisonTest::line))
                .containsExactly("error schema-breaking [r0] BREAKING(witness) {\"id\":\"\",\"price\":\"\"}");
        assertThat(SchemaComparison.compare(now, now, List.of(), Instant.EPOCH)).isEmpty();
    }

    @Test
    void aSchemaMustBeBesideItsPlan() throws IOException {
        Files.writeString(folder.resolve("secret.json"), TRADE);
        for (String file :
                List.of("../secret.json", folder.resolve("secret.json").toString(), "none.json", "t.xsd")) {
            Path version = Files.createDirectory(folder.resolve("v" + versions++));
            Files.writeString(
                    version.resolve("shop.yaml"),
                    "service: shop\nshares:\n  item: { kind: state, key: id, schema: \"" + file + "\" }\n");

            PlanResult result = PlanReader.read(version);

            assertThat(result.plan()).isNull();
            assertThat(result.inputErrors()).singleElement().satisfies(each -> {
                assertThat(each.rule().id()).isEqualTo("bad-value");
                assertThat(each.message()).containsAnyOf("names a file below the folder", "cannot be read");
            });
        }
    }

    @Test
    void aSchemaThatIsNoJsonIsFoundWhenThePlanIsRead() throws IOException {
        assertThat(read("t.json", "{\"properties\": ", "id").inputErrors())
                .anySatisfy(each -> assertThat(each.place().file()).endsWith("t.json"));
        assertThat(read("t.json", TRADE, "nothing").inputErrors())
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains("has no field `nothing`"));
    }
}
