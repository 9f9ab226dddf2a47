package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.planner.ImportedSchema;
import dev.fairlead.planner.Place;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtoComparisonTest {
    private static ImportedSchema schema(String text, Map<String, String> imports) {
        return new ImportedSchema(
                ImportedSchema.Format.PROTOBUF,
                "order.proto",
                text,
                new TreeMap<>(imports),
                new Place("order.yaml", 1, 1));
    }

    private static ImportedSchema three(String body) {
        return schema("syntax = \"proto3\"; package shop; message Order { " + body + " }", Map.of());
    }

    private static ImportedSchema two(String body) {
        return schema("syntax = \"proto2\"; package shop; message Order { " + body + " }", Map.of());
    }

    /** The new reader of what the old version wrote. */
    private static String backward(ImportedSchema old, ImportedSchema is, String... uses) throws Exception {
        return shown(SchemaPair.of(old, is).forReader(Set.of(uses), SchemaPair.Later.READ));
    }

    /** The old reader of what the new version writes. */
    private static String forward(ImportedSchema old, ImportedSchema is, String... uses) throws Exception {
        return shown(SchemaPair.of(is, old).forReader(Set.of(uses), SchemaPair.Later.WRITTEN));
    }

    private static String shown(SchemaVerdict verdict) {
        return switch (verdict) {
            case SchemaVerdict.Contained contained -> "contained";
            case SchemaVerdict.Breaking(String witness, String reason) -> witness;
            case SchemaVerdict.Suspect(String reason) -> "suspect";
            case SchemaVerdict.Undecided(String reason) -> "undecided";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # old body                                        | new body                                                  | backward          | forward
            string id = 1;                                    | string id = 1; int32 n = 2;                               | contained         | contained
            string id = 1; int32 n = 2;                       | string id = 1;                                            | contained         | suspect
            string id = 1; int32 n = 2;                       | string id = 1; reserved 2;                                | contained         | suspect
            string id = 1; int32 n = 2;                       | string id = 1; reserved 2; reserved "n";                  | contained         | contained
            int32 n = 2;                                      | int32 count = 2;                                          | {"n":7}           | {"count":7}
            int32 n = 2;                                      | int32 count = 2 [json_name = "n"];                        | contained         | contained
            int32 n = 2;                                      | int32 n = 2 [json_name = "count"];                        | {"n":7}           | {"count":7}
            int32 n = 2;                                      | int32 n = 3;                                              | {"n":7}           | {"n":7}
            int32 n = 2;                                      | int64 n = 2;                                              | contained         | {"n":1099511627776}
            uint32 n = 2;                                     | int32 n = 2;                                              | {"n":4294967295}  | {"n":-1}
            uint32 n = 2;                                     | int64 n = 2;                                              | contained         | {"n":1099511627776}
            sint32 n = 2;                                     | int32 n = 2;                                              | {"n":7}           | {"n":7}
            int32 n = 2;                                      | fixed32 n = 2;                                            | {"n":7}           | {"n":7}
            float n = 2;                                      | double n = 2;                                             | {"n":1.5}         | {"n":1.5}
            bool n = 2;                                       | int32 n = 2;                                              | {"n":true}        | {"n":7}
            string n = 2;                                     | bytes n = 2;                                              | {"n":"a"}         | {"n":"/wA="}
            int32 n = 2;                                      | repeated int32 n = 2;                                     | {"n":7}           | {"n":[7]}
            int32 n = 2;                                      | optional int32 n = 2;                                     | contained         | contained
            map<string, int32> n = 2;                         | map<string, int64> n = 2;                                 | contained         | {"n":{"":1099511627776}}
            map<string, int32> n = 2;                         | message E { string key = 1; int32 value = 2; } repeated E n = 2; | {"n":{"a":7}} | {"n":[{}]}
            string a = 1; string b = 2;                       | oneof c { string a = 1; string b = 2; }                   | {"a":"a","b":"a"} | contained
            oneof c { string a = 1; string b = 2; }           | oneof c { string a = 1; }                                 | contained         | suspect
            oneof c { string a = 1; string b = 2; }           | oneof c { string a = 1; } reserved 2; reserved "b";       | contained         | contained
            string id = 1; oneof c { string a = 2; }          | string id = 1; reserved 2; reserved "a";                  | contained         | contained
            enum S { A = 0; B = 1; } S s = 1;                 | enum S { A = 0; } S s = 1;                                | {"s":"B"}         | contained
            enum S { A = 0; B = 1; } S s = 1;                 | enum S { A = 0; reserved 1; } S s = 1;                    | {"s":"B"}         | contained
            enum S { A = 0; B = 1; } S s = 1;                 | enum S { A = 0; reserved 1; reserved "B"; } S s = 1;      | suspect           | contained
            enum S { A = 0; B = 1; } repeated S s = 1;        | enum S { A = 0; } repeated S s = 1;                       | {"s":["B"]}       | contained
            message L { } L l = 1;                            | reserved 1; reserved "l";                                 | contained         | contained
            enum S { A = 0; B = 1; } S s = 1;                 | enum S { A = 0; B = 1; C = 2; } S s = 1;                  | contained         | suspect
            enum S { A = 0; B = 1; } S s = 1;                 | enum S { A = 0; D = 1; } S s = 1;                         | {"s":"B"}         | {"s":"D"}
            message L { int32 n = 1; } L l = 1;               | message L { string n = 1; } L l = 1;                      | {"l":{"n":7}}     | {"l":{"n":"a"}}
            message L { int32 n = 1; } repeated L l = 1;      | message L { string n = 1; } repeated L l = 1;             | {"l":[{"n":7}]}   | {"l":[{"n":"a"}]}
            message L { int32 n = 1; } map<string, L> l = 1;  | message L { string n = 1; } map<string, L> l = 1;         | {"l":{"":{"n":7}}} | {"l":{"":{"n":"a"}}}
            message L { int32 n = 1; L next = 2; } L l = 1;   | message L { int32 n = 1; L next = 2; int32 m = 3; } L l = 1; | contained      | contained
            """)
    void proto3(String old, String is, String backward, String forward) throws Exception {
        assertThat(backward(three(old), three(is))).isEqualTo(backward);
        assertThat(forward(three(old), three(is))).isEqualTo(forward);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            optional int32 n = 1;                       | optional int32 n = 1; required int32 m = 2;            | {}          | contained
            required int32 n = 1;                       | optional int32 n = 1;                                  | contained   | {}
            optional int32 n = 1; required int32 m = 2; | optional int32 n = 1; reserved 2; reserved "m";        | contained   | {}
            optional int32 n = 1; optional int32 m = 2; | optional int32 n = 1; reserved 2 to 9; reserved "m";   | contained   | contained
            enum S { A = 0; B = 1; } optional S s = 1;  | enum S { A = 0; B = 1; C = 2; } optional S s = 1;      | contained   | {"s":"C"}
            enum S { A = 0; B = 1; } optional S s = 1;  | enum S { A = 0; reserved 1; } optional S s = 1;        | {"s":"B"}   | contained
            """)
    void proto2(String old, String is, String backward, String forward) throws Exception {
        assertThat(backward(two(old), two(is))).isEqualTo(backward);
        assertThat(forward(two(old), two(is))).isEqualTo(forward);
    }

    @Test
    void onlyWhatIsUsedCounts() throws Exception {
        ImportedSchema old = three("string id = 1; int32 n = 2;");
        ImportedSchema is = three("string id = 1; string n = 2;");

        assertThat(forward(old, is, "id")).isEqualTo("contained");
        assertThat(forward(old, is, "n")).isEqualTo("{\"n\":\"a\"}");
    }

    @Test
    void anotherDefaultOrNameIsAChangeOfMeaning() throws Exception {
        SchemaPair pair =
                SchemaPair.of(two("optional int32 n = 1 [default = 7];"), two("optional int32 n = 1 [default = 8];"));

        assertThat(pair.meaning(Set.of())).containsExactly("`n` had the default 7 and has 8");
        assertThat(pair.meaning(Set.of("m"))).isEmpty();
        assertThat(SchemaPair.of(
                                three("int32 n = 1;"),
                                schema("syntax = \"proto3\"; message Order { int32 n = 1; }", Map.of()))
                        .meaning(Set.of()))
                .containsExactly("the schema was named shop.Order and is named Order");
    }

    @Test
    void importsAreFollowedAndThoseOfProtobufAreKnown() throws Exception {
        String order = "syntax = \"proto3\"; import \"money.proto\"; import \"google/protobuf/timestamp.proto\";"
                + " message Order { Money total = 1; google.protobuf.Timestamp at = 2; }";
        String money = "syntax = \"proto3\"; message Money { int64 units = 1; }";
        ImportedSchema old = schema(order, Map.of("money.proto", money));
        ImportedSchema is = schema(order, Map.of("money.proto", money.replace("int64", "string")));

        assertThat(backward(old, old)).isEqualTo("contained");
        assertThat(backward(old, is)).isEqualTo("{\"total\":{\"units\":7}}");
    }

    @Test
    void whatRequiresItselfIsUndecided() throws Exception {
        ImportedSchema endless = two("required Order next = 1; optional int32 n = 2;");

        assertThat(backward(endless, two("optional Order next = 1; optional string n = 2;")))
                .isEqualTo("undecided");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message Order { string id = 1           | expected
            message Order { Nothing id = 1; }       | unable to resolve Nothing
            message Order { string a = 1; string b = 1; } | multiple fields share tag 1
            enum Order { A = 0; }                   | it has no message
            import "none.proto"; message Order { }  | none.proto
            """)
    void whatIsNoSchemaIsSaid(String text, String reason) {
        ImportedSchema faulty = schema("syntax = \"proto3\"; " + text, Map.of());

        assertThatThrownBy(() -> SchemaPair.of(faulty, three("int32 n = 1;")))
                .isInstanceOf(JsonSchema.Unusable.class)
                .hasMessageContaining(reason);
    }
}
