package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the demo is loaded with.
 *
 * @param source where it comes from, for people
 * @param products all that are sold
 * @param customers all that buy and are known
 * @param invoices in the order of their time
 */
record RetailData(String source, List<Product> products, List<Customer> customers, List<Invoice> invoices) {
    RetailData {
        products = List.copyOf(products);
        customers = List.copyOf(customers);
        invoices = List.copyOf(invoices);
    }

    /** The first invoices of the year that a seed decides. */
    static RetailData generated(long seed, int most) {
        RetailGenerator generator = new RetailGenerator(seed);
        List<Invoice> invoices = new ArrayList<>();
        while (generator.hasNext() && invoices.size() < most) {
            invoices.add(generator.next());
        }
        return new RetailData("generated", Assortment.products(seed), Assortment.customers(seed), invoices);
    }

    /**
     * The first invoices of a folder of daily files, in the order of the files' names. Files that are not needed are not read.
     *
     * @throws FairleadException with BAD_VALUE, naming file, line and column of each fault
     */
    static RetailData read(Path folder, int most) {
        List<Path> files = files(folder);
        List<Invoice> invoices = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path file : files) {
            RetailFile day = RetailFile.read(file);
            invoices.addAll(day.invoices());
            faults.addAll(day.faults());
            if (invoices.size() >= most || !faults.isEmpty()) {
                break;
            }
        }
        if (!faults.isEmpty()) {
            throw new FairleadException(ErrorCode.BAD_VALUE, String.join(System.lineSeparator(), faults));
        }
        List<Invoice> played = invoices.subList(0, Math.min(most, invoices.size()));
        if (played.stream().noneMatch(Invoice::trades)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, folder + " has no sale (name a folder with days on which something is sold)");
        }
        return new RetailData(folder.toString(), products(played), customers(played), played);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, folder + " is no folder (name the folder of the daily CSV files)");
        }
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files = listed.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, folder + " has no *.csv file (name the folder of the daily CSV files)");
            }
            return files;
        } catch (IOException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, folder + " cannot be read: " + e, e);
        }
    }

    /** The first description and the first price that a line gives are the product's. */
    private static List<Product> products(List<Invoice> invoices) {
        Map<String, String> descriptions = new LinkedHashMap<>();
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        for (Invoice invoice : invoices) {
            for (Invoice.Line line : invoice.sold()) {
                descriptions.merge(line.sku(), line.description(), (first, other) -> first.isEmpty() ? other : first);
                prices.putIfAbsent(line.sku(), line.price());
            }
        }
        List<Product> products = new ArrayList<>();
        descriptions.forEach(
                (sku, text) -> products.add(new Product(sku, text, prices.getOrDefault(sku, BigDecimal.ZERO))));
        return products;
    }

    private static List<Customer> customers(List<Invoice> invoices) {
        Map<String, Customer> customers = new LinkedHashMap<>();
        for (Invoice invoice : invoices) {
            String id = invoice.customer();
            if (id != null) {
                customers.putIfAbsent(id, new Customer(id, invoice.country()));
            }
        }
        return List.copyOf(customers.values());
    }
}
