package dev.fairlead.examples.store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Products and customers that a seed decides. */
final class Assortment {
    private static final List<String> COLOURS =
            List.of("RED", "WHITE", "BLUE", "PINK", "GREEN", "IVORY", "BLACK", "SILVER", "VINTAGE", "RETROSPOT");
    private static final List<String> MATERIALS = List.of(
            "PAPER", "WOODEN", "GLASS", "METAL", "CERAMIC", "KNITTED", "ENAMEL", "COTTON", "WICKER", "FELT", "TIN");
    private static final List<String> THINGS = List.of(
            "LANTERN",
            "BOX",
            "MUG",
            "BUNTING",
            "CANDLE",
            "CLOCK",
            "FRAME",
            "HEART",
            "JAR",
            "TRAY",
            "BAG",
            "BIRD",
            "BOTTLE",
            "BOWL",
            "BASKET",
            "BUTTON",
            "CAKE STAND",
            "CARD",
            "CHALKBOARD",
            "COASTER",
            "CUSHION",
            "DOILY",
            "DOORMAT",
            "DRAWER KNOB",
            "EGG CUP",
            "GARLAND",
            "HANGER",
            "HOOK",
            "JUG",
            "LADDER",
            "MAGNET",
            "MIRROR",
            "NAPKINS",
            "PARASOL",
            "PLATE",
            "RIBBON",
            "SIGN",
            "TEAPOT");
    private static final String HOME = "United Kingdom";
    private static final int FIRST_CUSTOMER = 13_600;
    private static final int FIRST_SKU = 20_000;
    private static final double MEDIAN_PRICE = 2.1;
    private static final double SPREAD = 0.9;

    private Assortment() {}

    /** All products, the most popular first. */
    static List<Product> products(long seed) {
        Random random = new Random(seed);
        List<Product> products = new ArrayList<>(RetailFigures.PRODUCTS);
        for (int i = 0; i < RetailFigures.PRODUCTS; i++) {
            String description = COLOURS.get(i % COLOURS.size())
                    + " " + MATERIALS.get(i / COLOURS.size() % MATERIALS.size())
                    + " " + THINGS.get(i / COLOURS.size() / MATERIALS.size());
            double price = Math.max(0.1, MEDIAN_PRICE * Math.exp(SPREAD * random.nextGaussian()));
            products.add(new Product(
                    Integer.toString(FIRST_SKU + i),
                    description,
                    BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_EVEN)));
        }
        return products;
    }

    /** All customers; most are at home, and each other country has at least one. */
    static List<Customer> customers(long seed) {
        Random random = new Random(seed + 1);
        List<Customer> customers = new ArrayList<>(RetailFigures.CUSTOMERS);
        for (int i = 0; i < RetailFigures.CUSTOMERS; i++) {
            int country = i < RetailFigures.COUNTRIES
                    ? i
                    : random.nextInt(10) < 9 ? 0 : random.nextInt(RetailFigures.COUNTRIES);
            customers.add(new Customer(Integer.toString(FIRST_CUSTOMER + i), country(country)));
        }
        return customers;
    }

    static String country(int number) {
        return number == 0 ? HOME : "Country " + number;
    }
}
