package dev.fairlead.examples.store;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of the shop whose history is played.
 *
 * @param number six digits, with a C before them when it cancels another, or an A when it corrects the books
 * @param time to the minute
 * @param customer null when he is not known
 * @param country of the customer
 * @param lines at least one
 */
record Invoice(String number, LocalDateTime time, @Nullable String customer, String country, List<Line> lines) {
    /**
     * One line.
     *
     * @param sku what was sold
     * @param description as it stands on this line; may be empty, and may differ from that of another line
     * @param quantity negative when it came back
     * @param price of one piece
     */
    record Line(String sku, String description, int quantity, BigDecimal price) {}

    Invoice {
        lines = List.copyOf(lines);
    }

    boolean cancels() {
        return number.startsWith("C");
    }

    /** Whether it sells something, or takes it back. Else it corrects the stock or the books, and nobody bought anything. */
    boolean trades() {
        return !sold().isEmpty();
    }

    /** The lines on which something was sold or came back, at no negative price. */
    List<Line> sold() {
        if (number.startsWith("A")) {
            return List.of();
        }
        return lines.stream()
                .filter(line -> line.price().signum() >= 0)
                .filter(line -> cancels() ? line.quantity() != 0 : line.quantity() > 0)
                .filter(line -> !line.description().isEmpty() || line.price().signum() > 0)
                .toList();
    }
}
