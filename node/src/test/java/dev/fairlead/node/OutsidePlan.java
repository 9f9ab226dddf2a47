package dev.fairlead.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shop that exposes orders and what happens to them: to customers each his own, to partners all. */
final class OutsidePlan {
    /** Stands in fields that nobody outside gets. */
    static final String CANARY = "canary-7f3a";

    private static final String SHOP = """
            service: shop
            clearance: restricted
            shares:
              order:
                kind: state
                key: orderId
                fields:
                  orderId:  string
                  customer: string
                  status:   enum(open, sent)
                  total:    decimal(12,2)
                  margin:   { type: string, class: confidential }
                expose:
                  customers:
                    fields:    [ orderId, status ]
                    names:     { amount: total }
                    only:      { customer: sub }
                    clearance: internal
                  partners:
                    fields:     [ orderId, status ]
                    clearance:  internal
                    rate:       100/min
                    quota:      20/h
                    deprecated: 2026-10-01
                    sunset:     2027-04-09
              purchase:
                kind: event
                key: orderId
                events:
                  Placed:    { customer: string, sku: string, margin: { type: string, class: confidential } }
                  Cancelled: { customer: string, reason: string }
                  Audited:   { customer: string, finding: { type: string, class: confidential } }
                expose:
                  customers:
                    fields:    [ Placed.sku, Cancelled ]
                    names:     { Cancelled.why: Cancelled.reason }
                    only:      { customer: sub }
                    clearance: internal
                  partners: { fields: [ Placed ], clearance: internal, only: { orderId: order } }
              supplier:
                kind: state
                key: name
                fields: { name: string }
            """;

    private OutsidePlan() {}

    static Path in(Path folder) {
        try {
            Path plan = Files.createDirectories(folder.resolve("shop"));
            Files.writeString(plan.resolve("shop.yaml"), SHOP);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String path(String key) {
        return "/items/shop/order/" + key;
    }

    static void order(RunningNode node, String key, String customer, String status, String margin, String... headers) {
        String order = """
                {"orderId":"%s","customer":"%s","status":"%s","total":9.25,"margin":"%s"}""".formatted(key, customer, status, margin);
        put(node, path(key), order, headers);
    }

    private static void put(RunningNode node, String path, String body, String... headers) {
        int status = node.put(path, body, headers).statusCode();
        if (status != 200 && status != 201) {
            throw new AssertionError(path + ": " + status);
        }
    }

    static void happened(RunningNode node, String key, String type, String event) {
        int status = node.send("POST", "/events/shop/purchase/" + key + "?type=" + type, event)
                .statusCode();
        if (status != 201) {
            throw new AssertionError(type + ": " + status);
        }
    }

    /** Orders of Ada and Bob, and what has happened to them, with a canary wherever nobody outside sees it. */
    static void fill(RunningNode node) {
        order(node, "a1", "ada", "open", CANARY);
        order(node, "b1", "bob.brown", "open", CANARY);
        order(node, "a2", "ada", "sent", CANARY);
        order(node, "b2", "bob.brown", "open", CANARY);
        // With a dot, which no position or proof has by chance: tests look for the name where it must not be.
        for (String customer : new String[] {"ada", "bob.brown"}) {
            String key = customer.charAt(0) + "1";
            happened(node, key, "Placed", """
                    {"customer":"%s","sku":"lantern","margin":"%s"}""".formatted(customer, CANARY));
            happened(node, key, "Audited", """
                    {"customer":"%s","finding":"%s"}""".formatted(customer, CANARY));
            happened(node, key, "Cancelled", """
                    {"customer":"%s","reason":"%s changed the mind"}""".formatted(customer, customer));
        }
    }

    /** Headers by which a believed caller is this customer. */
    static String[] customer(String name) {
        return new String[] {NamedClient.HEADER, "customers?sub=" + name};
    }

    static final String[] PARTNER = {NamedClient.HEADER, "partners"};
}
