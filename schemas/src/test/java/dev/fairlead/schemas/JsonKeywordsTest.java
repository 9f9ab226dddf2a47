package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether all that the old schema allowed is still allowed, one keyword at a time. */
class JsonKeywordsTest {
    private static final String D20 = "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            # old                                        | new                                             | verdict
            'type':'integer'                             | 'type':'number'                                 | contained
            'type':'integer'                             | 'type':['integer','string']                     | contained
            'type':'integer'                             | -                                               | contained
            'type':'number'                              | 'type':'integer'                                | breaking
            -                                            | 'type':'integer'                                | breaking
            'type':'integer'                             | 'type':'string'                                 | breaking
            # properties of a closed object
            CLOSED(A)                                    | CLOSED(A,B)                                     | contained
            CLOSED(A,B)                                  | CLOSED(A)                                       | breaking
            CLOSED(A)                                    | CLOSED(A,B),'required':['b']                    | breaking
            CLOSED(A)                                    | CLOSED(A,B1),'required':['b']                   | breaking
            # properties of an open object
            OPEN(A,B)                                    | OPEN(A)                                         | contained
            OPEN(A)                                      | OPEN(A,'b':true)                                | contained
            OPEN(A)                                      | OPEN(A,B)                                       | breaking
            # properties under a schema that covers the others
            OPEN(A),'additionalProperties':{'type':'integer'} | OPEN(A,'b':{'type':'number'}),'additionalProperties':{'type':'integer'} | contained
            OPEN(A),'additionalProperties':{'type':'integer'} | OPEN(A,'b':{'type':'string'}),'additionalProperties':{'type':'integer'} | breaking
            OPEN(A,B),'additionalProperties':{'type':'number'} | OPEN(A),'additionalProperties':{'type':'number'} | contained
            OPEN(A,B),'additionalProperties':{'type':'string'} | OPEN(A),'additionalProperties':{'type':'string'} | breaking
            OPEN(A),'required':['a']                     | OPEN(A)                                         | contained
            OPEN(A)                                      | OPEN(A),'required':['a']                        | breaking
            CLOSED(A)                                    | OPEN(A)                                         | contained
            OPEN(A)                                      | CLOSED(A)                                       | breaking
            OPEN(A),'unevaluatedProperties':false        | OPEN(A)                                         | contained
            OPEN(A)                                      | OPEN(A),'unevaluatedProperties':false           | breaking
            OPEN(A),'additionalProperties':{'type':'integer'} | OPEN(A),'additionalProperties':{'type':'number'} | contained
            OPEN(A),'additionalProperties':{'type':'number'} | OPEN(A),'additionalProperties':{'type':'integer'} | breaking
            'dependentRequired':{'a':['b']}              | -                                               | contained
            'dependentRequired':{'a':['b','c']}          | 'dependentRequired':{'a':['b']}                 | contained
            'type':'object'                              | 'type':'object','dependentRequired':{'a':['b']} | breaking
            'type':'object','dependentRequired':{'a':['b']} | 'type':'object','dependentRequired':{'a':['b','c']} | breaking
            # the least and the most
            'type':'number','minimum':2                  | 'type':'number','minimum':1                     | contained
            'type':'number','minimum':2                  | 'type':'number'                                 | contained
            'type':'number','minimum':1                  | 'type':'number','minimum':2                     | breaking
            'type':'number'                              | 'type':'number','exclusiveMinimum':0            | breaking
            'type':'number','minimum':0                  | 'type':'number','exclusiveMinimum':0            | breaking
            'type':'number','maximum':1                  | 'type':'number','maximum':2                     | contained
            'type':'number','maximum':2                  | 'type':'number','maximum':1                     | breaking
            'type':'number','exclusiveMaximum':10        | 'type':'number','exclusiveMaximum':11           | contained
            'type':'string','minLength':3                | 'type':'string','minLength':2                   | contained
            'type':'string','minLength':2                | 'type':'string','minLength':3                   | breaking
            'type':'string','maxLength':3                | 'type':'string','maxLength':2                   | breaking
            'type':'array','minItems':2                  | 'type':'array','minItems':1                     | contained
            'type':'array','minItems':1                  | 'type':'array','minItems':2                     | breaking
            'type':'array','maxItems':2                  | 'type':'array','maxItems':3                     | contained
            'type':'object','minProperties':1            | 'type':'object','minProperties':2               | breaking
            'type':'object','maxProperties':3            | 'type':'object','maxProperties':2               | breaking
            'type':'integer','multipleOf':6              | 'type':'integer','multipleOf':3                 | contained
            'type':'integer','multipleOf':6              | 'type':'integer'                                | contained
            'type':'integer'                             | 'type':'integer','multipleOf':3                 | breaking
            'type':'integer','multipleOf':6              | 'type':'integer','multipleOf':4                 | breaking
            'type':'string','pattern':'^a'               | 'type':'string'                                 | contained
            'type':'string'                              | 'type':'string','pattern':'^a'                  | breaking
            'type':'string','pattern':'^a'               | 'type':'string','pattern':'^b'                  | breaking
            'type':'string','format':'date'              | 'type':'string'                                 | contained
            'type':'string','format':'date'              | 'type':'string','format':'time'                 | breaking
            'enum':['a']                                 | 'enum':['a','b']                                | contained
            'const':'a'                                  | 'enum':['a','b']                                | contained
            'enum':['a','b']                             | 'enum':['a']                                    | breaking
            'const':'a'                                  | 'const':'b'                                     | breaking
            # elements
            'type':'array','items':{'type':'integer'}    | 'type':'array','items':{'type':'number'}        | contained
            'type':'array','items':{'type':'integer'}    | 'type':'array'                                  | contained
            'type':'array','items':{'type':'number'}     | 'type':'array','items':{'type':'integer'}       | breaking
            'type':'array'                               | 'type':'array','prefixItems':[{'type':'string'}] | breaking
            'type':'array','prefixItems':[{'type':'string'}] | 'type':'array'                              | contained
            'type':'array'                               | 'type':'array','contains':{'type':'string'}     | breaking
            'type':'array','contains':{'type':'string'}  | 'type':'array'                                  | contained
            'type':'array'                               | 'type':'array','uniqueItems':true               | breaking
            'type':'array','uniqueItems':true            | 'type':'array'                                  | contained
            # branches
            'allOf':[{'type':'integer'},{'minimum':0}]   | 'allOf':[{'type':'integer'}]                    | contained
            'allOf':[{'type':'integer'}]                 | 'allOf':[{'type':'integer'},{'minimum':0}]      | breaking
            'anyOf':[{'type':'integer'}]                 | 'anyOf':[{'type':'number'},{'type':'string'}]   | contained
            'anyOf':[{'type':'integer'},{'type':'string'}] | 'anyOf':[{'type':'integer'}]                  | breaking
            'oneOf':[{'type':'integer'}]                 | 'oneOf':[{'type':'integer'},{'type':'string'}]  | contained
            'oneOf':[{'type':'integer'}]                 | 'oneOf':[{'type':'integer'},{'minimum':0}]      | breaking
            'oneOf':[{'type':'integer'},{'type':'string'}] | 'oneOf':[{'type':'integer'}]                  | breaking
            'not':{'type':'number'}                      | 'not':{'type':'integer'}                        | undecided
            'not':{'type':'integer'}                     | 'not':{'type':'number'}                         | breaking
            IF('b')                                      | IF('b','c')                                     | breaking
            IF('b')                                      | IF('b')                                         | contained
            # what only explains
            'type':'integer','default':1                 | 'type':'integer','default':2                    | contained
            'type':'integer','title':'a'                 | 'type':'integer','description':'b','$comment':'c' | contained
            # what a producer sends, and what a reader takes
            CLOSED(A,B),'required':['a','b']             | OPEN(A),'required':['a']                        | contained
            CLOSED(A,'b':{'type':'string'}),'required':['a','b'] | OPEN(A),'required':['a']                | contained
            CLOSED(A,'b':{'type':'string'}),'required':['a','b'] | OPEN(A,B),'required':['a','b']          | breaking
            """)
    void aChangeOfOneKeywordIsJudged(@Nullable String was, @Nullable String is, String verdict)
            throws JsonSchema.Unusable {
        JsonSchema given = schema(was);
        JsonSchema wanted = schema(is);

        SchemaVerdict found = JsonSchemaComparison.compare(given, wanted);

        assertThat(found.getClass().getSimpleName()).as(found.toString()).isEqualToIgnoringCase(verdict);
    }

    private static JsonSchema schema(@Nullable String members) throws JsonSchema.Unusable {
        String written = members == null
                ? ""
                : members.replaceAll("IF\\(([^)]*)\\)", "'if':{'required':['a']},'then':{'required':[$1]}")
                        .replaceAll(
                                "CLOSED\\(([^)]*)\\)", "'type':'object','additionalProperties':false,'properties':{$1}")
                        .replaceAll("OPEN\\(([^)]*)\\)", "'type':'object','properties':{$1}")
                        .replaceAll("\\bA\\b", "'a':{'type':'string'}")
                        .replaceAll("\\bB\\b", "'b':{'type':'integer'}")
                        .replaceAll("\\bB1\\b", "'b':{'type':'integer','default':1}");
        return JsonSchema.read("{" + D20 + (written.isEmpty() ? "" : ",") + written.replace('\'', '"') + "}");
    }
}
