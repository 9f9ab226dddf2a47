package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Printed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The invoices of a year, in the order of their time, that a seed decides; calibrated on {@link RetailFigures}.
 *
 * <p>Lines per invoice are log-normal around the measured median, with the deviation that the measured mean then asks for. What
 * is rare comes at even distances, so that a whole year has the measured number of it. The popular products are those with several
 * descriptions and prices. For one thread.
 */
final class RetailGenerator implements Iterator<Invoice> {
    private static final LocalDate FIRST_DAY = LocalDate.of(2010, 12, 1);
    private static final LocalTime OPENING = LocalTime.of(8, 0);
    private static final int MINUTES_OPEN = 600;
    private static final double LINES_DEVIATION = 1.20;
    private static final double POPULARITY = 0.8;
    private static final double OTHER_DESCRIPTION = 0.15;
    private static final double OTHER_PRICE = 0.1;
    private static final BigDecimal BIG_DISCOUNT = new BigDecimal("0.85");

    private final Random random;
    private final List<Product> products;
    private final List<Customer> customers;
    private final double[] popularity;
    private final Evenly cancellations;
    private final Evenly newCustomers;
    private final Evenly guests;
    private final Evenly longest;
    private final Evenly blanks;
    private final Evenly free;
    private final Evenly negative;
    private final Deque<Invoice> today = new ArrayDeque<>();
    private int day;
    private int made;
    private int known;

    RetailGenerator(long seed) {
        this.random = new Random(seed + 2);
        this.products = Assortment.products(seed);
        this.customers = Assortment.customers(seed);
        this.popularity = popularity(products.size());
        int lines = RetailFigures.LINES;
        int invoices = RetailFigures.INVOICES;
        this.cancellations = new Evenly(RetailFigures.CANCELLATIONS, invoices, random.nextDouble());
        this.guests = new Evenly(RetailFigures.LINES_WITHOUT_CUSTOMER, lines, random.nextDouble());
        int named = invoices - (int) ((long) invoices * RetailFigures.LINES_WITHOUT_CUSTOMER / lines);
        this.newCustomers = new Evenly(RetailFigures.CUSTOMERS, named - 10, 0);
        this.longest = new Evenly(1, invoices, random.nextDouble());
        this.blanks = new Evenly(RetailFigures.BLANK_DESCRIPTIONS, lines, random.nextDouble());
        this.free = new Evenly(RetailFigures.ZERO_PRICES, lines, random.nextDouble());
        this.negative = new Evenly(RetailFigures.NEGATIVE_PRICES, lines, random.nextDouble());
    }

    /** The sums of the first products' shares of all lines, up to 1. */
    private static double[] popularity(int count) {
        double[] sums = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.pow(i + 1, -POPULARITY);
            sums[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    @Override
    public boolean hasNext() {
        return !today.isEmpty() || made < RetailFigures.INVOICES;
    }

    @Override
    public Invoice next() {
        if (today.isEmpty()) {
            openDay();
        }
        return today.remove();
    }

    /** The year grows busier towards its end; no day is busier than the busiest measured. */
    private void openDay() {
        int left = RetailFigures.INVOICES - made;
        double rest = 0;
        for (int later = day; later < RetailFigures.DAYS; later++) {
            rest += busyness(later);
        }
        double share = busyness(day) / rest * (0.9 + 0.2 * random.nextDouble());
        int wanted = (int) Math.min(RetailFigures.MOST_INVOICES_A_DAY, Math.round(left * share));
        int count = day == RetailFigures.DAYS - 1 ? left : wanted;
        LocalDateTime opening = FIRST_DAY.plusDays(day + day / 6).atTime(OPENING);
        for (int minute : minutes(count)) {
            today.add(invoice(opening.plusMinutes(minute)));
        }
        day++;
    }

    private static double busyness(int day) {
        double part = (double) day / RetailFigures.DAYS;
        return 0.55 + 1.3 * part * part * part;
    }

    private List<Integer> minutes(int count) {
        int[] busy = new int[MINUTES_OPEN];
        for (int i = 0; i < count; ) {
            int minute = random.nextInt(MINUTES_OPEN);
            if (busy[minute] < RetailFigures.MOST_INVOICES_A_MINUTE) {
                busy[minute]++;
                i++;
            }
        }
        List<Integer> minutes = new ArrayList<>(count);
        for (int minute = 0; minute < MINUTES_OPEN; minute++) {
            for (int i = 0; i < busy[minute]; i++) {
                minutes.add(minute);
            }
        }
        return minutes;
    }

    private Invoice invoice(LocalDateTime time) {
        String prefix = cancellations.next() ? "C" : "";
        String number = prefix + Printed.text("%06d", 536_365 + made++);
        int count = lineCount();
        Customer customer = guests.next() ? null : customer();
        List<Invoice.Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(line(prefix.isEmpty() ? 1 : -1));
        }
        return new Invoice(
                number,
                time,
                customer == null ? null : customer.id(),
                customer == null ? Assortment.country(0) : customer.country(),
                lines);
    }

    private int lineCount() {
        if (longest.next()) {
            return RetailFigures.MOST_LINES;
        }
        long count = Math.round(RetailFigures.MEDIAN_LINES * Math.exp(LINES_DEVIATION * random.nextGaussian()));
        return (int) Math.clamp(count, 1, RetailFigures.MOST_LINES);
    }

    private @Nullable Customer customer() {
        if (newCustomers.next() || known == 0) {
            known = Math.min(known + 1, customers.size());
            return customers.get(known - 1);
        }
        // Early customers come more often than late ones.
        return customers.get((int) (known * random.nextDouble() * random.nextDouble()));
    }

    private Invoice.Line line(int sign) {
        int rank = product();
        Product product = products.get(rank);
        String description = product.description();
        if (blanks.next()) {
            description = "";
        } else if (rank < RetailFigures.PRODUCTS_WITH_DESCRIPTIONS && random.nextDouble() < OTHER_DESCRIPTION) {
            description += " (SET)";
        }
        int quantity = sign * (1 + (int) Math.min(4_000, Math.abs(random.nextGaussian()) * 12));
        return new Invoice.Line(product.sku(), description, quantity, price(rank, product));
    }

    private BigDecimal price(int rank, Product product) {
        if (free.next()) {
            return BigDecimal.ZERO.setScale(2);
        }
        if (negative.next()) {
            return new BigDecimal("-11062.06");
        }
        if (rank < RetailFigures.PRODUCTS_WITH_PRICES && random.nextDouble() < OTHER_PRICE) {
            return product.price().multiply(BIG_DISCOUNT).setScale(2, RoundingMode.HALF_EVEN);
        }
        return product.price();
    }

    private int product() {
        double at = random.nextDouble();
        int low = 0;
        int high = popularity.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (popularity[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
