package dev.fairlead.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final Field NAME = Field.of("name", FieldType.Scalar.STRING);
    private static final Field EMAIL =
            new Field("email", FieldType.Scalar.STRING, DataClass.PERSONAL, Meaning.PLAIN, null);

    @Test
    void keepsTheOwnersOrderWhateverIsChosen() {
        Fields fields = Fields.of(NAME, EMAIL, Field.of("age", FieldType.Scalar.INT32));

        assertThat(fields.only(Set.of("age", "name")).names()).containsExactly("name", "age");
    }

    @Test
    void refusesTwoFieldsOfOneName() {
        assertThatThrownBy(() -> Fields.of(NAME, NAME)).hasMessage("two fields have the name name");
    }

    @Test
    void isAsGuardedAsItsMostGuardedField() {
        assertThat(Fields.of(NAME, EMAIL).highestClass()).isEqualTo(DataClass.PERSONAL);
        assertThat(Fields.NONE.highestClass()).isEqualTo(DataClass.PUBLIC);
    }

    @Test
    void findsGuardedFieldsInsideOthers() {
        FieldType contact = new FieldType.RecordOf(Fields.of(EMAIL));

        assertThat(Field.of("contacts", new FieldType.ListOf(new FieldType.Optional(contact)))
                        .highestClass())
                .isEqualTo(DataClass.PERSONAL);
        assertThat(Field.of("contact", new FieldType.Union("kind", Map.of("Mail", Fields.of(EMAIL))))
                        .highestClass())
                .isEqualTo(DataClass.PERSONAL);
    }

    @Test
    void ordersClassesFromPublicToRestricted() {
        assertThat(DataClass.PERSONAL.reaches(DataClass.CONFIDENTIAL)).isTrue();
        assertThat(DataClass.INTERNAL.reaches(DataClass.CONFIDENTIAL)).isFalse();
        assertThat(DataClass.of("restricted")).contains(DataClass.RESTRICTED);
        assertThat(DataClass.of("Restricted")).isEmpty();
    }

    @Test
    void refusesTypesThatBreakTheirRules() {
        assertThatThrownBy(() -> new FieldType.Decimal(5, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldType.Optional(new FieldType.Optional(FieldType.Scalar.BOOL)))
                .hasMessage("a type is optional once");
        assertThatThrownBy(() -> Field.of("not a name", FieldType.Scalar.BOOL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
