package dev.fairlead.contracts.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Meaning;
import org.junit.jupiter.api.Test;

class MeaningChangeTest {
    private static final FieldType CENTS = FieldType.Scalar.INT64;

    @Test
    void seesWhatNoFormatSees() {
        Fields before = Fields.of(field("a", CENTS, new Meaning("kg", "EUR", "UTC", 2), "0"));
        Fields now = Fields.of(field("a", CENTS, new Meaning("g", "USD", null, 3), "1"));

        assertThat(MeaningChange.between(before, now))
                .containsExactly(
                        new MeaningChange("a", "unit", "kg", "g"),
                        new MeaningChange("a", "currency", "EUR", "USD"),
                        new MeaningChange("a", "timezone", "UTC", "none"),
                        new MeaningChange("a", "scale", "2", "3"),
                        new MeaningChange("a", "default", "0", "1"));
        assertThat(MeaningChange.between(now, now)).isEmpty();
    }

    @Test
    void looksIntoParts() {
        FieldType before = new FieldType.ListOf(new FieldType.Optional(new FieldType.Decimal(12, 2)));
        FieldType now = new FieldType.ListOf(new FieldType.Decimal(12, 3));

        assertThat(MeaningChange.between(
                        Fields.of(Field.of("r", new FieldType.RecordOf(Fields.of(Field.of("prices", before))))),
                        Fields.of(Field.of("r", new FieldType.RecordOf(Fields.of(Field.of("prices", now)))))))
                .containsExactly(new MeaningChange("r.prices[]", "scale", "2", "3"));
    }

    private static Field field(String name, FieldType type, Meaning meaning, String defaultText) {
        return new Field(name, type, DataClass.INTERNAL, meaning, defaultText);
    }
}
