package dev.fairlead.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaHashTest {
    private static final Field NAME = Field.of("name", FieldType.Scalar.STRING);
    private static final Field PRICE = Field.of("price", new FieldType.Decimal(12, 2));

    @Test
    void isTheSha256OfTheText() {
        assertThat(SchemaHash.of("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void isTheSameForEqualFields() {
        assertThat(SchemaHash.of(Fields.of(NAME, PRICE).text()))
                .isEqualTo(SchemaHash.of(Fields.of(NAME, PRICE).text()));
    }

    @Test
    void differsWhenAnythingThatReadersDependOnDiffers() {
        List<Field> variants = List.of(
                PRICE,
                Field.of("cost", new FieldType.Decimal(12, 2)),
                Field.of("price", new FieldType.Decimal(12, 3)),
                Field.of("price", new FieldType.Optional(new FieldType.Decimal(12, 2))),
                described(DataClass.CONFIDENTIAL, Meaning.PLAIN, null),
                described(DataClass.INTERNAL, new Meaning(null, "EUR", null, null), null),
                described(DataClass.INTERNAL, new Meaning("EUR", null, null, null), null),
                described(DataClass.INTERNAL, new Meaning(null, null, "UTC", null), null),
                described(DataClass.INTERNAL, new Meaning(null, null, null, 2), null),
                described(DataClass.INTERNAL, Meaning.PLAIN, "0"));

        assertThat(variants.stream().map(field -> SchemaHash.of(Fields.of(field).text())))
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void cannotBeFooledByTextThatLooksLikeAField() {
        Field spoof = new Field(
                "a",
                FieldType.Scalar.STRING,
                DataClass.INTERNAL,
                new Meaning("x\", b: string", null, null, null),
                null);
        Field plain =
                new Field("a", FieldType.Scalar.STRING, DataClass.INTERNAL, new Meaning("x", null, null, null), null);

        assertThat(Fields.of(spoof).text())
                .isNotEqualTo(
                        Fields.of(plain, Field.of("b", FieldType.Scalar.STRING)).text());
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThatThrownBy(() -> new SchemaHash("BA78")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Field described(DataClass dataClass, Meaning meaning, @Nullable String text) {
        return new Field("price", new FieldType.Decimal(12, 2), dataClass, meaning, text);
    }
}
