package dev.fairlead.examples.store;

/** What was measured on the Online Retail file, the year of a British gift shop. */
final class RetailFigures {
    static final int LINES = 541_909;
    static final int INVOICES = 25_900;
    static final int CUSTOMERS = 4_372;
    static final int PRODUCTS = 4_070;
    static final int COUNTRIES = 38;
    static final int DAYS = 305;
    static final int CANCELLATIONS = 3_836;
    static final int LINES_WITHOUT_CUSTOMER = 135_080;
    static final int MEDIAN_LINES = 10;
    static final int P95_LINES = 68;
    static final int MOST_LINES = 1_114;
    static final int MOST_INVOICES_A_DAY = 218;
    static final int MOST_INVOICES_A_MINUTE = 6;
    static final int PRODUCTS_WITH_DESCRIPTIONS = 1_324;
    static final int PRODUCTS_WITH_PRICES = 3_603;
    static final int BLANK_DESCRIPTIONS = 1_454;
    static final int ZERO_PRICES = 2_515;
    static final int NEGATIVE_PRICES = 2;

    private RetailFigures() {}
}
