package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Meaning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsSyntaxTest {
    @TempDir
    private Path folder;

    private PlanFolder item(String field, String more) {
        String head =
                "service: a\nshares:\n  item:\n    kind: state\n    key: id\n" + more + "    fields:\n      id: uuid\n";
        return new PlanFolder(folder).with("a.yaml", head + field.indent(6));
    }

    private Field field(String field) {
        return field(field, "");
    }

    private Field field(String field, String more) {
        Share share = item(field, more).plan().items().get(0);
        return ((Content.State) share.content()).fields().field("x").orElseThrow();
    }

    @Test
    void readsRecordsInsideRecords() {
        Field address = field("""
                x:
                  type: record
                  fields:
                    street: string
                    geo: { type: record?, fields: { lat: float64 } }
                """);

        assertThat(address.type().text()).isEqualTo("record(street: string, geo: record(lat: float64)?)");
    }

    @Test
    void readsAUnionWithItsDiscriminator() {
        Field payment = field("""
                x:
                  type: union
                  discriminator: kind
                  variants:
                    Card: { number: { type: string, class: restricted } }
                    Cash: { }
                """);

        assertThat(payment.type()).isInstanceOfSatisfying(FieldType.Union.class, union -> {
            assertThat(union.discriminator()).isEqualTo("kind");
            assertThat(union.variants().keySet()).containsExactly("Card", "Cash");
        });
        assertThat(payment.highestClass()).isEqualTo(DataClass.RESTRICTED);
    }

    @Test
    void readsOptionalEitherWay() {
        FieldType optional = new FieldType.Optional(FieldType.Scalar.STRING);

        assertThat(field("x: string?").type()).isEqualTo(optional);
        assertThat(field("x: { type: string, optional: true }").type()).isEqualTo(optional);
        assertThat(field("x: { type: string?, optional: true }").type()).isEqualTo(optional);
        assertThat(field("x: { type: string, optional: false }").type()).isEqualTo(FieldType.Scalar.STRING);
    }

    @Test
    void readsWhatAFieldMeans() {
        assertThat(field("x: { type: int64, unit: kg, currency: EUR, timezone: UTC, scale: -2, default: \"0\" }"))
                .isEqualTo(new Field(
                        "x", FieldType.Scalar.INT64, DataClass.INTERNAL, new Meaning("kg", "EUR", "UTC", -2), "0"));
    }

    @Test
    void takesTheClassOfTheItemWhereAFieldDoesNotSay() {
        assertThat(field("x: string", "    class: confidential\n").dataClass()).isEqualTo(DataClass.CONFIDENTIAL);
        assertThat(field("x: { type: string, class: public }", "    class: confidential\n")
                        .dataClass())
                .isEqualTo(DataClass.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    x: { type: record }                                        | missing-key 8:7
                    x: { type: record, fields: { y: strin } }                  | bad-type 8:39
                    x: { type: string, fields: { } }                           | misplaced-key 8:26
                    x: { type: union, variants: { A: { } } }                   | missing-key 8:7
                    x: { type: union, discriminator: kind }                    | missing-key 8:7
                    x: { type: union, discriminator: k, variants: { A: { k: bool } } } | bad-type 8:40
                    x: { type: string, scale: large }                          | bad-quantity 8:33
                    x: { type: string, class: secret }                         | bad-value 8:33
                    x: [ string ]                                              | bad-type 8:10
                    """)
    void pointsAtFaultsInDescribedFields(String field, String finding) {
        assertThat(item(field, "").rules()).containsExactly(finding);
    }

    @Test
    void survivesManyLevelsOfRecords() {
        String open = "{ type: record, fields: { y: ".repeat(20);
        Fields fields = ((Content.State) item("x: " + open + "string" + " } }".repeat(20), "")
                        .plan()
                        .items()
                        .get(0)
                        .content())
                .fields();

        assertThat(fields.names()).isEqualTo(List.of("id", "x"));
        assertThat(item("x: " + "{ type: record, fields: { y: ".repeat(30) + "string" + " } }".repeat(30), "")
                        .rules())
                .singleElement()
                .asString()
                .startsWith("too-large 8:");
    }
}
