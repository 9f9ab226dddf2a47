package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SchemaFilesTest {
    private static final String OWN = "shop/json-schema/shop.string.schema.json";
    private static final String READ = "new/json-schema/shop.string.schema.json";

    @TempDir
    Path folder;

    private Plan plan;
    private List<GeneratedFile> files;
    private Fields fields;

    @BeforeEach
    void generate() {
        plan = TestPlans.hostile(folder);
        files = Generator.generate(plan, Choice.everything()).files();
        fields = ((Content.State)
                        plan.item(ItemId.of("shop.string")).orElseThrow().content())
                .fields();
    }

    @Test
    void theSpecificationsOwnSchemaAcceptsEach() {
        List<GeneratedFile> schemas = files.stream()
                .filter(file -> file.path().contains("/json-schema/"))
                .toList();

        assertThat(schemas).hasSize(12).allSatisfy(file -> {
            assertThat(Schemas.faultsOf(Schemas.json(file.content()))).isEmpty();
        });
    }

    @Test
    void ownersDocumentsFitTheOwnersAndTheReadersSchema() {
        for (long seed = 0; seed < 200; seed++) {
            ObjectNode document = new SampleDocuments(seed).of(fields);

            assertThat(Schemas.faults(schema(OWN), document))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(Schemas.faults(schema(READ), document))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void theOwnersSchemaIsClosedAndTheReadersOpen() {
        ObjectNode document = new SampleDocuments(1).of(fields).put("more", 1);

        assertThat(Schemas.faults(schema(OWN), document))
                .hasSize(1)
                .first()
                .asString()
                .contains("more");
        assertThat(Schemas.faults(schema(READ), document)).isEmpty();
    }

    @Test
    void aReadersSchemaHasOnlyWhatItUses() {
        assertThat(schema(READ).get("properties").propertyNames())
                .containsExactly("select", "class", "total", "took", "status", "payment");
    }

    @Test
    void refusesWhatIsNoneOfTheType() {
        refuses("hashCode", "2147483648");
        refuses("total", "9223372036854775808");
        refuses("total", "1.5");
        refuses("order", "1.005");
        refuses("order", "10000000000.00");
        refuses("took", "\"PT\"");
        refuses("took", "\"P1D\"");
        refuses("took", "\"PT0.0000000001S\"");
        refuses("at", "\"yesterday\"");
        refuses("day", "\"2026-02-30\"");
        refuses("id", "\"1\"");
        refuses("status", "\"in_Transit\"");
        refuses("status", "null");
        refuses("prices", "{\"a\": 1}");
        refuses("tags", "[1]");
        refuses("payment", "{\"kind\": \"Cheque\"}");
        refuses("payment", "{\"kind\": \"Payment\", \"number\": \"1\"}");
        refuses("payment", "{\"number\": \"1\", \"class\": \"a\"}");
        refuses("Duration", "{\"Duration\": 3}");
    }

    @Test
    void aRequiredFieldMustBeThereAndAnOptionalOneMayBeMissing() {
        ObjectNode document = new SampleDocuments(1).of(fields);
        document.remove("toString");
        assertThat(Schemas.faults(schema(OWN), document)).isEmpty();

        document.remove("select");
        assertThat(Schemas.faults(schema(OWN), document))
                .hasSize(1)
                .first()
                .asString()
                .contains("select");
    }

    @Test
    void marksTheClassAndWhatAValueMeans() {
        JsonNode properties = schema(OWN).get("properties");

        assertThat(schema(OWN).get("x-class").stringValue()).isEqualTo("restricted");
        assertThat(properties.get("class").get("x-class").stringValue()).isEqualTo("personal");
        assertThat(properties.get("order").get("x-currency").stringValue()).isEqualTo("EUR");
        assertThat(properties.get("total").get("default").intValue()).isEqualTo(7);
        assertThat(schema(READ).get("description").stringValue())
                .endsWith("as new uses it: */ a 'reader' with \"odd\" words \\u000a <script> ; DROP TABLE x; -- $do$.");
    }

    @Test
    void aQuestionIsClosedForWhoAsksAndOpenForWhoAnswers() {
        assertThat(schema("new/json-schema/shop.quote.question.schema.json")
                        .get("additionalProperties")
                        .booleanValue())
                .isFalse();
        assertThat(schema("shop/json-schema/shop.quote.question.schema.json").has("additionalProperties"))
                .isFalse();
        assertThat(schema("shop/json-schema/shop.quote.answer.schema.json")
                        .get("additionalProperties")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void eachEventHasADefinition() {
        JsonNode schema = schema("new/json-schema/shop.sale.schema.json");

        assertThat(schema.get("$defs").propertyNames()).containsExactly("ItemAdded", "String", "2nd-try");
        assertThat(Schemas.faults(schema, Schemas.json("{\"sku\": \"a\", \"currency\": \"EUR\", \"quantity\": 1}")))
                .isEmpty();
        assertThat(Schemas.faults(schema, Schemas.json("{\"sku\": \"a\"}"))).isNotEmpty();
    }

    private void refuses(String field, String value) {
        ObjectNode document = new SampleDocuments(1).of(fields);
        document.set(field, Schemas.json(value));
        assertThat(Schemas.faults(schema(OWN), document))
                .as("%s: %s", field, value)
                .isNotEmpty();
    }

    private JsonNode schema(String path) {
        return Schemas.content(files, path);
    }
}
