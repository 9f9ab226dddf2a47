package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pairs of JSON Schemas on which checkers of registries are known to be wrong, and pairs on which they are right and must stay so.
 *
 * <p>Backward: all that was allowed still is; forward: all that is allowed was before. {@code break} wants any document that
 * both validators judge; a document wants that one.
 */
class KnownFalseVerdictsTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Map<String, String> DRAFTS = Map.of(
            "07", "http://json-schema.org/draft-07/schema#",
            "19", "https://json-schema.org/draft/2019-09/schema",
            "20", "https://json-schema.org/draft/2020-12/schema");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # change, as the false verdicts name it     | drafts   | old | new | backward | forward
            string to string or null                    | 07 19 20 | 'type':'string' | 'type':['string','null'] | contained | null
            string to one of string and null            | 07 19 20 | 'type':'string' | 'oneOf':[{'type':'string'},{'type':'null'}] | contained | null
            a list of types to one of them              | 07 19 20 | 'type':['string','null'] | 'oneOf':[{'type':'string'},{'type':'null'}] | contained | contained
            any of disjoint types to one of them        | 07 19 20 | 'anyOf':[{'type':'integer'},{'type':'string'}] | 'oneOf':[{'type':'integer'},{'type':'string'}] | contained | contained
            two patterns of one language                | 07 19 20 | 'type':'string','pattern':'^[0-9]+$' | 'type':'string','pattern':'^\\\\d+$' | undecided | undecided
            symbols 1 and 2 to integers from 1 to 2     | 07 19 20 | 'enum':[1,2] | 'type':'integer','minimum':1,'maximum':2 | contained | contained
            an object split by allOf                    | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['a'] | 'allOf':[{'type':'object','properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':'integer'}}}] | contained | contained
            if a, then b is required                    | 07 19 20 | 'type':'object' | 'type':'object','if':{'required':['a']},'then':{'required':['b']} | break | contained
            one of, and a type that overlaps            | 07 19 20 | 'oneOf':[{'type':'integer'},{'type':'string'}] | 'oneOf':[{'type':'integer'},{'type':'string'},{'type':'number'}] | break | 4.5
            open object, optional member added          | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'}} | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}} | break | contained
            target of a reference changed               | 20       | '$defs':{'x':{'type':'string'}},'$ref':'#/$defs/x' | '$defs':{'x':{'type':'integer'}},'$ref':'#/$defs/x' | "" | 0
            target of a reference changed               | 07       | 'definitions':{'x':{'type':'string'}},'properties':{'a':{'$ref':'#/definitions/x'}} | 'definitions':{'x':{'type':'integer'}},'properties':{'a':{'$ref':'#/definitions/x'}} | break | break
            dependentRequired added                     | 19 20    | 'type':'object' | 'type':'object','dependentRequired':{'a':['b']} | break | contained
            dependencies added                          | 07       | 'type':'object' | 'type':'object','dependencies':{'a':['b']} | break | contained
            closed object, optional member added        | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'additionalProperties':false | contained | {"b":0}
            closed object, required member added        | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['b'],'additionalProperties':false | {} | break
            the same with a default                     | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false | 'type':'object','properties':{'a':{'type':'string'},'b':{'default':1}},'required':['b'],'additionalProperties':false | {} | break
            closed writer of v1, open reader of v2      | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}} | contained | break
            closed writer of v2, open reader of v1      | 07 19 20 | 'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'additionalProperties':false | 'type':'object','properties':{'a':{'type':'string'}} | contained | break
            what the reader does not look at            | 07 19 20 | 'type':'object','properties':{'b':{'type':'string'}},'additionalProperties':false | 'type':'object' | contained | break
            the reader wants another type               | 07 19 20 | 'type':'object','properties':{'b':{'type':'string'}},'additionalProperties':false | 'type':'object','properties':{'b':{'type':'integer'}} | break | break
            branches of oneOf in another order          | 07 19 20 | 'oneOf':[{'type':'string'},{'type':'integer'}] | 'oneOf':[{'type':'integer'},{'type':'string'}] | contained | contained
            a reference in the place of its target      | 07       | 'properties':{'a':{'type':'string'}} | 'definitions':{'x':{'type':'string'}},'properties':{'a':{'$ref':'#/definitions/x'}} | contained | contained
            a reference in the place of its target      | 19 20    | 'properties':{'a':{'type':'string'}} | '$defs':{'x':{'type':'string'}},'properties':{'a':{'$ref':'#/$defs/x'}} | contained | contained
            another title                               | 07 19 20 | 'title':'one','type':'integer' | 'title':'two','type':'integer' | contained | contained
            a longer text                               | 07 19 20 | 'type':'string','maxLength':10 | 'type':'string','maxLength':20 | contained | break
            a format added                              | 07 19 20 | 'type':'string' | 'type':'string','format':'date-time' | "" | contained
            a lower exclusive maximum                   | 07 19 20 | 'type':'number','exclusiveMaximum':10 | 'type':'number','exclusiveMaximum':5 | 5 | contained
            exclusive to inclusive maximum              | 07 19 20 | 'type':'number','exclusiveMaximum':10 | 'type':'number','maximum':10 | contained | 10
            the same for integers                       | 07 19 20 | 'type':'integer','exclusiveMaximum':10 | 'type':'integer','maximum':9 | contained | contained
            const to enum                               | 07 19 20 | 'const':'A' | 'enum':['A','B'] | contained | "B"
            integer to number                           | 07 19 20 | 'type':'integer' | 'type':'number' | contained | 4.5
            wider elements, fewer of them               | 07 19 20 | 'type':'array','items':{'type':'integer'} | 'type':'array','items':{'type':'number'},'maxItems':5 | break | break
            a branch of oneOf removed                   | 07 19 20 | 'oneOf':[{'type':'integer'},{'type':'string'}] | 'oneOf':[{'type':'integer'}] | break | contained
            a member changed inside oneOf               | 07 19 20 | 'oneOf':[{'type':'string'},{'type':'object','properties':{'a':{'type':'string'}}}] | 'oneOf':[{'type':'string'},{'type':'object','properties':{'a':{'type':'integer'}}}] | break | break
            another default                             | 07 19 20 | 'properties':{'a':{'type':'integer','default':1}} | 'properties':{'a':{'type':'integer','default':2}} | contained | contained
            """)
    void isRight(String change, String drafts, String old, String is, String backward, String forward)
            throws JsonSchema.Unusable {
        for (String draft : drafts.split(" ")) {
            JsonSchema before = schema(draft, old);
            JsonSchema now = schema(draft, is);

            check(change + ", backward, draft " + draft, before, now, backward);
            check(change + ", forward, draft " + draft, now, before, forward);
        }
    }

    private static JsonSchema schema(String draft, String members) throws JsonSchema.Unusable {
        String schema = Objects.requireNonNull(DRAFTS.get(draft));
        return JsonSchema.read(("{'$schema':'" + schema + "'," + members + "}").replace('\'', '"'));
    }

    private static void check(String told, JsonSchema given, JsonSchema wanted, String expected) {
        switch (JsonSchemaComparison.compare(given, wanted)) {
            case SchemaVerdict.Contained contained ->
                assertThat("contained").as(told).isEqualTo(expected);
            case SchemaVerdict.Breaking(String witness, String reason) -> {
                JsonNode document = MAPPER.readTree(witness);
                assertThat(given.accepts(document)).as(told).isTrue();
                assertThat(wanted.accepts(document)).as(told).isFalse();
                assertThat(expected).as(told).isIn("break", witness);
            }
            case SchemaVerdict.Suspect suspect -> assertThat("suspect").as(told).isEqualTo(expected);
            case SchemaVerdict.Undecided undecided ->
                assertThat("undecided").as(told).isEqualTo(expected);
        }
    }
}
