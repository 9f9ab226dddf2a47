package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaComparisonTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String D7 = "'$schema':'http://json-schema.org/draft-07/schema#',";
    private static final String D19 = "'$schema':'https://json-schema.org/draft/2019-09/schema',";
    private static final String D20 = "'$schema':'https://json-schema.org/draft/2020-12/schema',";
    private static final String STRING_OR_NULL = "'type':['string','null']";
    private static final String ONE_STRING_OR_NULL = "'oneOf':[{'type':'string'},{'type':'null'}]";
    private static final String OBJECT = "'type':'object','properties':{'a':{'type':'string'}";

    /** A change, and whether all that was allowed still is (backward), and all that is allowed was before (forward). */
    private record Known(String was, String is, String backward, String forward) {}

    /** Pairs on which checkers are known to be wrong, and some on which they must stay right. */
    static Stream<Known> known() {
        List<Known> known = new ArrayList<>();
        for (String draft : List.of(D7, D19, D20)) {
            known.addAll(List.of(
                    new Known(draft + "'type':'string'", draft + STRING_OR_NULL, "contained", "null"),
                    new Known(draft + "'type':'string'", draft + ONE_STRING_OR_NULL, "contained", "null"),
                    new Known(draft + STRING_OR_NULL, draft + ONE_STRING_OR_NULL, "contained", "contained"),
                    new Known(
                            draft + "'anyOf':[{'type':'integer'},{'type':'string'}]",
                            draft + "'oneOf':[{'type':'integer'},{'type':'string'}]",
                            "contained",
                            "contained"),
                    new Known(
                            draft + "'type':'string','pattern':'^[0-9]+$'",
                            draft + "'type':'string','pattern':'^\\\\d+$'",
                            "undecided",
                            "undecided"),
                    new Known(
                            draft + "'enum':[1,2]",
                            draft + "'type':'integer','minimum':1,'maximum':2",
                            "contained",
                            "contained"),
                    new Known(
                            draft + OBJECT + ",'b':{'type':'integer'}},'required':['a']",
                            draft + "'allOf':[{" + OBJECT
                                    + "},'required':['a']},{'properties':{'b':{'type':'integer'}}}]",
                            "contained",
                            "contained"),
                    new Known(
                            draft + "'type':'object'",
                            draft + "'type':'object','if':{'required':['a']},'then':{'required':['b']}",
                            "break",
                            "contained"),
                    new Known(
                            draft + "'oneOf':[{'type':'integer'},{'type':'string'}]",
                            draft + "'oneOf':[{'type':'integer'},{'type':'string'},{'type':'number'}]",
                            "break",
                            "4.5"),
                    new Known(draft + OBJECT + "}", draft + OBJECT + ",'b':{'type':'integer'}}", "break", "contained"),
                    new Known(
                            draft + OBJECT + "},'additionalProperties':false",
                            draft + OBJECT + ",'b':{'type':'integer'}},'additionalProperties':false",
                            "contained",
                            "{\"b\":0}"),
                    new Known(
                            draft + OBJECT + "},'additionalProperties':false",
                            draft + OBJECT + ",'b':{'default':1}},'required':['b'],'additionalProperties':false",
                            "{}",
                            "break"),
                    new Known(
                            draft + OBJECT + "},'required':['a'],'additionalProperties':false",
                            draft + OBJECT + ",'b':{'type':'integer'}},'required':['a']",
                            "contained",
                            "break"),
                    new Known(
                            draft + "'type':'string','maxLength':10",
                            draft + "'type':'string','maxLength':20",
                            "contained",
                            "break"),
                    new Known(
                            draft + "'type':'string'",
                            draft + "'type':'string','format':'date-time'",
                            "\"\"",
                            "contained"),
                    new Known(
                            draft + "'type':'number','exclusiveMaximum':10",
                            draft + "'type':'number','exclusiveMaximum':5",
                            "5",
                            "contained"),
                    new Known(
                            draft + "'type':'number','exclusiveMaximum':10",
                            draft + "'type':'number','maximum':10",
                            "contained",
                            "10"),
                    new Known(
                            draft + "'type':'integer','exclusiveMaximum':10",
                            draft + "'type':'integer','maximum':9",
                            "contained",
                            "contained"),
                    new Known(draft + "'const':'A'", draft + "'enum':['A','B']", "contained", "\"B\""),
                    new Known(
                            draft + "'title':'one','type':'integer'",
                            draft + "'title':'two','type':'integer'",
                            "contained",
                            "contained"),
                    new Known(
                            draft + "'oneOf':[{'type':'string'},{'type':'integer'}]",
                            draft + "'oneOf':[{'type':'integer'},{'type':'string'}]",
                            "contained",
                            "contained"),
                    new Known(draft + "'type':'integer'", draft + "'type':'number'", "contained", "4.5"),
                    new Known(
                            draft + "'type':'array','items':{'type':'integer'}",
                            draft + "'type':'array','items':{'type':'number'},'maxItems':5",
                            "break",
                            "break")));
        }
        known.add(new Known(
                D20 + "'$defs':{'x':{'type':'string'}},'$ref':'#/$defs/x'",
                D20 + "'$defs':{'x':{'type':'integer'}},'$ref':'#/$defs/x'",
                "\"\"",
                "0"));
        known.add(new Known(
                D7 + "'definitions':{'x':{'type':'string'}},'properties':{'a':{'$ref':'#/definitions/x'}}",
                D7 + "'properties':{'a':{'type':'string'}}",
                "contained",
                "contained"));
        known.add(new Known(
                D19 + "'type':'object'",
                D19 + "'type':'object','dependentRequired':{'a':['b']}",
                "break",
                "contained"));
        known.add(new Known(
                D7 + "'type':'object'", D7 + "'type':'object','dependencies':{'a':['b']}", "break", "contained"));
        return known.stream();
    }

    @ParameterizedTest
    @MethodSource("known")
    void isRightWhereCheckersAreKnownToBeWrong(Known pair) throws JsonSchema.Unusable {
        JsonSchema was = schema(pair.was());
        JsonSchema is = schema(pair.is());

        assertThat(verdict(was, is)).as("backward").isIn(pair.backward(), broken(pair.backward(), was, is));
        assertThat(verdict(is, was)).as("forward").isIn(pair.forward(), broken(pair.forward(), is, was));
    }

    /** Where any witness will do, the one that was found. */
    private static String broken(String expected, JsonSchema given, JsonSchema wanted) {
        return expected.equals("break")
                        && JsonSchemaComparison.compare(given, wanted)
                                instanceof SchemaVerdict.Breaking(String witness, String reason)
                ? witness
                : expected;
    }

    private static String verdict(JsonSchema given, JsonSchema wanted) {
        return switch (JsonSchemaComparison.compare(given, wanted)) {
            case SchemaVerdict.Contained contained -> "contained";
            case SchemaVerdict.Breaking(String witness, String reason) -> {
                JsonNode document = MAPPER.readTree(witness);
                assertThat(given.accepts(document)).isTrue();
                assertThat(wanted.accepts(document)).isFalse();
                yield witness;
            }
            case SchemaVerdict.Suspect suspect -> "suspect";
            case SchemaVerdict.Undecided undecided -> "undecided";
        };
    }

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
        for (long seed = 1; seed <= 600; seed++) {
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
        assertThat(contained).isGreaterThan(60);
    }

    private static JsonSchema schema(String members) throws JsonSchema.Unusable {
        return JsonSchema.read(("{" + members + "}").replace('\'', '"'));
    }
}
