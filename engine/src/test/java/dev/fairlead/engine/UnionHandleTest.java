package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Discriminator;
import dev.fairlead.api.PlanName;
import dev.fairlead.api.StateItem;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnionHandleTest {
    private static final Fields FIELDS = Fields.of(
            Field.of("class", FieldType.Scalar.STRING),
            Field.of(
                    "payment",
                    new FieldType.Union(
                            "how",
                            Map.of(
                                    "Cash",
                                    Fields.NONE,
                                    "on-account",
                                    Fields.of(Field.of("int", FieldType.Scalar.INT32))))));

    @Discriminator("how")
    sealed interface Fitting {
        record Cash() implements Fitting {}

        @PlanName("on-account")
        record OnAccount(@PlanName("int") int days) implements Fitting {}
    }

    sealed interface Unmarked {
        record Cash() implements Unmarked {}

        @PlanName("on-account")
        record OnAccount() implements Unmarked {}
    }

    @Discriminator("what")
    sealed interface OtherField {
        record Cash() implements OtherField {}

        @PlanName("on-account")
        record OnAccount() implements OtherField {}
    }

    @Discriminator("how")
    sealed interface Incomplete {
        record Cash() implements Incomplete {}
    }

    @Discriminator("how")
    sealed interface OtherName {
        record Cash() implements OtherName {}

        record OnAccount() implements OtherName {}
    }

    @Discriminator("how")
    sealed interface OtherType {
        record Cash() implements OtherType {}

        @PlanName("on-account")
        record OnAccount(@PlanName("int") long days) implements OtherType {}
    }

    record Good(@PlanName("class") String kind, Fitting payment) {}

    record WithoutMark(@PlanName("class") String kind, Unmarked payment) {}

    record WithOtherField(@PlanName("class") String kind, OtherField payment) {}

    record WithoutVariant(@PlanName("class") String kind, Incomplete payment) {}

    record WithOtherName(@PlanName("class") String kind, OtherName payment) {}

    record WithOtherType(@PlanName("class") String kind, OtherType payment) {}

    record WithoutPlanName(String kind, Fitting payment) {}

    @Test
    void aSealedInterfaceHoldsTheUnionOfItsVariants() {
        assertThatCode(() -> check(Good.class)).doesNotThrowAnyException();
    }

    @Test
    void refusesEveryOther() {
        refuses(WithoutMark.class);
        refuses(WithOtherField.class);
        refuses(WithoutVariant.class);
        refuses(WithOtherName.class);
        refuses(WithOtherType.class);
    }

    @Test
    void aComponentWithoutThePlansNameIsNone() {
        assertThatThrownBy(() -> check(WithoutPlanName.class)).hasMessageContaining("no such field");
    }

    private static void refuses(Class<? extends Record> type) {
        assertThatThrownBy(() -> check(type))
                .as(type.getSimpleName())
                .hasMessageContaining("payment: union(how, ")
                .hasMessageContaining("in the plan, but dev.fairlead.engine.UnionHandleTest$");
    }

    private static void check(Class<? extends Record> type) {
        HandleCheck.owner(StateItem.of("a.b", String.class, type), FIELDS, "class");
    }
}
