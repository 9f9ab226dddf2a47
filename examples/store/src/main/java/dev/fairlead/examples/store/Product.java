package dev.fairlead.examples.store;

import java.math.BigDecimal;

/** Something that the shop sells. */
record Product(String sku, String description, BigDecimal price) {}
