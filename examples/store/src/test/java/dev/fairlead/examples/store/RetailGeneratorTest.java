package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** A whole generated year has the figures that were measured on the real one. */
class RetailGeneratorTest {
    private static final Percentage NEAR = Percentage.withPercentage(3);
    private static final Year YEAR = Year.of(42);

    private static final class Year {
        private final List<Integer> sizes = new ArrayList<>();
        private final Map<LocalDate, Integer> aDay = new HashMap<>();
        private final Map<LocalDateTime, Integer> aMinute = new HashMap<>();
        private final Map<String, Set<String>> descriptions = new HashMap<>();
        private final Map<String, Set<BigDecimal>> prices = new HashMap<>();
        private final Set<String> customers = new HashSet<>();
        private final Set<String> countries = new HashSet<>();
        private final Set<String> numbers = new HashSet<>();
        private long lines;
        private long withoutCustomer;
        private long cancellations;
        private long blank;
        private long free;
        private long negative;
        private boolean inOrder = true;

        static Year of(long seed) {
            Year year = new Year();
            RetailGenerator generator = new RetailGenerator(seed);
            LocalDateTime last = LocalDateTime.MIN;
            while (generator.hasNext()) {
                Invoice invoice = generator.next();
                year.inOrder &= !invoice.time().isBefore(last);
                last = invoice.time();
                year.count(invoice);
            }
            return year;
        }

        private void count(Invoice invoice) {
            numbers.add(invoice.number());
            sizes.add(invoice.lines().size());
            aDay.merge(invoice.time().toLocalDate(), 1, Integer::sum);
            aMinute.merge(invoice.time(), 1, Integer::sum);
            countries.add(invoice.country());
            cancellations += invoice.cancels() ? 1 : 0;
            lines += invoice.lines().size();
            if (invoice.customer() == null) {
                withoutCustomer += invoice.lines().size();
            } else {
                customers.add(invoice.customer());
            }
            for (Invoice.Line line : invoice.lines()) {
                descriptions.computeIfAbsent(line.sku(), none -> new HashSet<>());
                if (line.description().isEmpty()) {
                    blank++;
                } else {
                    descriptions.get(line.sku()).add(line.description());
                }
                if (line.price().signum() > 0) {
                    prices.computeIfAbsent(line.sku(), none -> new HashSet<>()).add(line.price());
                }
                free += line.price().signum() == 0 ? 1 : 0;
                negative += line.price().signum() < 0 ? 1 : 0;
            }
        }

        private long several(Map<String, ? extends Set<?>> sets) {
            return sets.values().stream().filter(set -> set.size() > 1).count();
        }

        private int linesAt(double quantile) {
            return sizes.stream().sorted().toList().get((int) (sizes.size() * quantile));
        }
    }

    @Test
    void hasAsManyOfEverything() {
        assertThat(YEAR.numbers).hasSize(RetailFigures.INVOICES);
        assertThat(YEAR.lines).isCloseTo(RetailFigures.LINES, Percentage.withPercentage(5));
        assertThat(YEAR.customers).hasSize(RetailFigures.CUSTOMERS);
        assertThat(YEAR.descriptions).hasSize(RetailFigures.PRODUCTS);
        assertThat(YEAR.countries).hasSize(RetailFigures.COUNTRIES);
        assertThat(YEAR.aDay).hasSize(RetailFigures.DAYS);
        assertThat(YEAR.cancellations).isEqualTo(RetailFigures.CANCELLATIONS);
    }

    @Test
    void invoicesAreAsLong() {
        assertThat(YEAR.linesAt(0.5)).isCloseTo(RetailFigures.MEDIAN_LINES, within(1));
        assertThat(YEAR.linesAt(0.95)).isCloseTo(RetailFigures.P95_LINES, within(7));
        assertThat(YEAR.linesAt(0.99999)).isEqualTo(RetailFigures.MOST_LINES);
    }

    @Test
    void daysAndMinutesAreAsBusy() {
        assertThat(YEAR.inOrder).isTrue();
        assertThat(YEAR.aDay.values()).allMatch(count -> count <= RetailFigures.MOST_INVOICES_A_DAY);
        assertThat(YEAR.aDay.values()).anyMatch(count -> count > RetailFigures.MOST_INVOICES_A_DAY * 0.8);
        assertThat(YEAR.aMinute.values()).allMatch(count -> count <= RetailFigures.MOST_INVOICES_A_MINUTE);
        assertThat(YEAR.aMinute.values()).anyMatch(count -> count >= RetailFigures.MOST_INVOICES_A_MINUTE - 1);
    }

    @Test
    void theDataAreAsUntidy() {
        assertThat(YEAR.withoutCustomer).isCloseTo(RetailFigures.LINES_WITHOUT_CUSTOMER, Percentage.withPercentage(8));
        assertThat(YEAR.several(YEAR.descriptions)).isCloseTo(RetailFigures.PRODUCTS_WITH_DESCRIPTIONS, NEAR);
        assertThat(YEAR.several(YEAR.prices)).isCloseTo(RetailFigures.PRODUCTS_WITH_PRICES, NEAR);
        assertThat(YEAR.blank).isCloseTo(RetailFigures.BLANK_DESCRIPTIONS, Percentage.withPercentage(5));
        assertThat(YEAR.free).isCloseTo(RetailFigures.ZERO_PRICES, Percentage.withPercentage(5));
        assertThat(YEAR.negative).isBetween(1L, 3L);
    }

    @Test
    void theSameSeedGivesTheSameYearAndAnotherAnotherOne() {
        assertThat(RetailData.generated(7, 300)).isEqualTo(RetailData.generated(7, 300));
        assertThat(RetailData.generated(7, 300).invoices())
                .isNotEqualTo(RetailData.generated(8, 300).invoices());
    }
}
