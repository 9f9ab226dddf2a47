package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTextTest {
    private static final String ORDER = """
            // message Wrong { string wrong = 1; }
            syntax = "proto3"; /* import "wrong.proto"; */
            package shop;
            import "sub/money.proto";
            import public 'other.proto';
            option (some.option) = { text: "message Wrong {" };
            enum Status { NONE = 0; }
            message Order {
              message Line { string sku = 1; }
              reserved 3, 10 to 12;
              reserved "old";
              option deprecated = true;
              string id = 1 [json_name = "ID", (my.option) = { a: 1 }];
              optional int32 count = 2;
              repeated Line lines = 4;
              map<string, Line> named = 5;
              oneof pay { bool cash = 6; .shop.Order.Line card = 7; }
              double price = 8;
              bytes raw = 9;
            }
            message Second { string second = 1; }
            """;

    @TempDir
    private Path folder;

    @Test
    void readsTheFieldsOfTheFirstMessage() {
        assertThat(new ProtoText(ORDER).members())
                .extracting(field -> field.name() + ": " + field.type().text())
                .containsExactly(
                        "id: string",
                        "count: int32?",
                        "lines: string",
                        "named: string",
                        "cash: bool?",
                        "card: string?",
                        "price: float64",
                        "raw: bytes");
    }

    @Test
    void readsWhatIsImported() {
        assertThat(new ProtoText(ORDER).imports()).containsExactly("sub/money.proto", "other.proto");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "message",
                "message A",
                "message A {",
                "message A { oneof",
                "message A { map<",
                "message A { string",
                "message A { oneof x { string",
                "import",
                "import \"",
                "/*",
                "\"",
                "message A { option {",
                "}}}}",
                "enum {"
            })
    void whatEndsTooEarlyIsReadAsFarAsItGoes(String text) {
        ProtoText proto = new ProtoText(text);

        assertThat(proto.imports()).isEmpty();
        assertThat(proto.members()).hasSizeLessThan(2);
    }

    @Test
    void longTextsNeedNoDeepStack() {
        String text = "option x = \"" + "\\\\".repeat(200_000) + "\"; /*" + "*".repeat(200_000)
                + "*/ message A { string id = 1; }";

        assertThat(new ProtoText(text).members()).hasSize(1);
    }

    private List<String> rules(String proto) {
        return new PlanFolder(folder)
                .with("o.proto", proto)
                .with("a.yaml", "service: a\nshares:\n  o: { kind: state, key: id, schema: o.proto }\n")
                .lines();
    }

    @Test
    void importsStayInTheFolder() {
        new PlanFolder(folder).with("sub/money.proto", "import \"sub/deep.proto\"; message Money { }");
        new PlanFolder(folder).with("sub/deep.proto", "import \"sub/money.proto\"; message Deep { }");

        assertThat(
                        rules(
                                "import \"sub/money.proto\"; import \"google/protobuf/any.proto\"; message A { string id = 1; }"))
                .noneMatch(line -> line.contains("schema"));
        for (String path : List.of("../o.proto", "/etc/passwd", "sub/../../o.proto")) {
            assertThat(rules("import \"" + path + "\"; message A { string id = 1; }"))
                    .anyMatch(line -> line.contains("a.yaml:3:") && line.contains("may be imported"));
        }
        assertThat(rules("import \"none.proto\"; message A { string id = 1; }"))
                .anyMatch(line -> line.contains("cannot be read: NoSuchFileException"));
    }

    @Test
    void bracketsThatNestTooDeeplyAreRefused() {
        assertThat(rules("message A { string id = 1; option x = " + "{".repeat(60) + "}".repeat(60) + "; }"))
                .anyMatch(line -> line.contains("nests deeper than 50"));
        assertThat(rules("message A { ".repeat(5_000))).anyMatch(line -> line.contains("nests deeper than 50"));
    }

    @Test
    void fiftyFilesAreImportedAndNoMore() {
        StringBuilder imports = new StringBuilder();
        for (int number = 0; number < 51; number++) {
            new PlanFolder(folder).with("i" + number + ".proto", "message I" + number + " { }");
            imports.append("import \"i").append(number).append(".proto\";");
        }

        assertThat(rules(imports + " message A { string id = 1; }")).anyMatch(line -> line.contains("up to 50 files"));
    }
}
