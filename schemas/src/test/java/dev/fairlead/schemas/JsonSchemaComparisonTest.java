package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaComparisonTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @Test
    void keepsWhatIsOnlySaidApartFromWhatIsProved() throws JsonSchema.Unusable {
        JsonSchema free = schema("'type':'string'");
        JsonSchema rare = schema("'type':'string','not':{'pattern':'^zzz-[0-9]{7}$'}");

        assertThat(JsonSchemaComparison.compare(free, rare))
                .isEqualTo(new SchemaVerdict.Undecided("`not` cannot be compared"));
        assertThat(JsonSchemaComparison.compare(
                        schema("'type':'array','maxItems':400"), schema("'type':'array','maxItems':300")))
                .isEqualTo(new SchemaVerdict.Suspect("`maxItems` allows less"));
    }

    @Test
    void recursionHasABudget() throws JsonSchema.Unusable {
        String list =
                "'$defs':{'n':{'type':'object','properties':{'v':{'type':'%s'},'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'";

        assertThat(JsonSchemaComparison.compare(
                        schema(String.format(list, "integer")), schema(String.format(list, "number"))))
                .isInstanceOf(SchemaVerdict.Undecided.class);
        assertThat(JsonSchemaComparison.compare(
                        schema(String.format(list, "number")), schema(String.format(list, "integer"))))
                .isInstanceOf(SchemaVerdict.Breaking.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'https://example.org/other.json'}",
                "{'properties':{'a':{'$ref':'file:///etc/passwd'}}}",
                "{'$ref':'other.json'}",
                "{'$schema':'http://json-schema.org/draft-04/schema#'}",
                "{'$dynamicRef':'#x'}",
                "{'type':'string','pattern':'(?=a)b'}",
                "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'anyOf':[{'$ref':'#/$defs/a'}]}},'$ref':'#/$defs/a'}",
                "{'properties':{'x':{'$ref':'#/properties/x'}}}",
                "{'$ref':'#/$defs/none'}",
                "[]",
                "{'type':",
            })
    void refusesWhatItCannotJudge(String text) {
        assertThatThrownBy(() -> JsonSchema.read(text.replace('\'', '"'))).isInstanceOf(JsonSchema.Unusable.class);
    }

    /** Whatever is said to be contained survives documents tried one by one; whatever is broken has a true witness. */
    @Test
    void agreesWithDocumentsTriedOneByOne() throws JsonSchema.Unusable {
        int contained = 0;
        for (long seed = 1; seed <= 300; seed++) {
            RandomSchemas random = new RandomSchemas(new Random(seed));
            JsonNode one = random.schema(2);
            JsonSchema given = JsonSchema.of(one);
            JsonSchema wanted = JsonSchema.of(random.changed(one));
            String told = "seed " + seed + ": " + given.root() + " -> " + wanted.root();
            switch (JsonSchemaComparison.compare(given, wanted)) {
                case SchemaVerdict.Contained proved -> {
                    contained++;
                    for (JsonNode document : random.documents()) {
                        assertThat(!given.accepts(document) || wanted.accepts(document))
                                .as("%s refuses %s", told, document)
                                .isTrue();
                    }
                }
                case SchemaVerdict.Breaking(String witness, String reason) -> {
                    assertThat(given.accepts(MAPPER.readTree(witness))).as(told).isTrue();
                    assertThat(wanted.accepts(MAPPER.readTree(witness)))
                            .as(told)
                            .isFalse();
                }
                case SchemaVerdict.Suspect suspect -> {}
                case SchemaVerdict.Undecided undecided -> {}
            }
        }
        assertThat(contained).isGreaterThan(30);
    }

    private static JsonSchema schema(String members) throws JsonSchema.Unusable {
        return JsonSchema.read(("{" + members + "}").replace('\'', '"'));
    }
}
