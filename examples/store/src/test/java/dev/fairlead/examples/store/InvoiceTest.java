package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InvoiceTest {
    private static final Invoice.Line SOLD = line("LANTERN", 6, "2.55");

    private static Invoice.Line line(String description, int quantity, String price) {
        return new Invoice.Line("85123A", description, quantity, new BigDecimal(price));
    }

    private static Invoice invoice(String number, Invoice.Line... lines) {
        return new Invoice(number, LocalDateTime.of(2010, 12, 1, 8, 26), null, "France", Arrays.asList(lines));
    }

    @Test
    void sellsWhatHasAQuantityAndIsNoCorrection() {
        Invoice invoice = invoice("536365", SOLD, line("", 3, "1.00"), line("GIFT", 1, "0.00"), line("", 3, "0.00"));

        assertThat(invoice.sold()).containsExactly(SOLD, line("", 3, "1.00"), line("GIFT", 1, "0.00"));
        assertThat(invoice("536366", line("damaged", -3, "0.00")).trades()).isFalse();
        assertThat(invoice("A563187", line("Adjust bad debt", 1, "-11062.06")).trades())
                .isFalse();
        assertThat(invoice("536367", line("Adjust bad debt", 1, "-11062.06")).trades())
                .isFalse();
    }

    @Test
    void aCancellationIsPlayedAsASaleThatIsGivenUp() {
        Order order = Order.of(invoice("C536365", line("LANTERN", -6, "2.55")));

        assertThat(order.givenUp()).isTrue();
        assertThat(order.items()).containsExactly(new Order.Item("85123A", 6));
        assertThat(Order.of(invoice("536365", SOLD)).givenUp()).isFalse();
    }
}
