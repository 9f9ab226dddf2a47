package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Discriminator;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.PlanName;
import dev.fairlead.spi.ValueCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanAnnotationsTest {
    enum Way {
        @PlanName("in-transit")
        in_transit,
        there
    }

    @Discriminator("how")
    sealed interface Payment {
        record Card(String number, Way way) implements Payment {}

        @PlanName("on-account")
        record OnAccount(@PlanName("int") int int_) implements Payment {}
    }

    record Sale(@PlanName("class") String class_, Payment payment, List<Payment> more, Map<Way, @Nullable Way> ways) {}

    private final ValueCodec<Sale> codec = new JsonCodecProvider().codec(Sale.class);
    private final Sale sale = new Sale(
            "a",
            new Payment.Card("4111", Way.in_transit),
            List.of(new Payment.OnAccount(7), new Payment.Card("2", Way.there)),
            Map.of(Way.there, Way.in_transit));

    @Test
    void writesTheNamesOfThePlan() {
        assertThat(new String(codec.encode(sale), UTF_8))
                .contains("\"class\":\"a\"")
                .contains("{\"how\":\"Card\",\"number\":\"4111\",\"way\":\"in-transit\"}")
                .contains("[{\"how\":\"on-account\",\"int\":7},{\"how\":\"Card\"")
                .contains("\"ways\":{\"there\":\"in-transit\"}")
                .doesNotContain("_");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(codec.decode(codec.encode(sale))).isEqualTo(sale);
    }

    @Test
    void refusesAVariantThatTheUnionDoesNotHave() {
        byte[] payload = "{\"class\":\"a\",\"payment\":{\"how\":\"Cheque\"}}".getBytes(UTF_8);

        assertThatThrownBy(() -> codec.decode(payload))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("Cheque");
    }
}
