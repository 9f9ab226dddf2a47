package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The state item that a node serves while it is measured: what a shop tells of its products, some 200 bytes each. */
final class ServedItem {
    private static final String OWNER = "Fairlead-Service: catalog\r\nContent-Type: application/json\r\n";
    private static final String READER = "Fairlead-Service: till\r\n";
    private static final String PATH = "/items/catalog/product/";
    private static final int KEYS = 1000;

    private static final String CATALOG = """
            service: catalog
            shares:
              product:
                kind: state
                key: sku
                fields:
                  sku: string
                  description: string
                  cents: int64
                  currency: string
                  category: string
                  supplier: string
                  weight: int32
            """;

    private static final String TILL = """
            service: till
            needs:
              catalog.product:
                uses: [ sku, description, cents, currency ]
                within: 10s
                why: the till shows and adds up what is bought
            """;

    private static final String SHELF = """
            service: shelf
            needs:
              catalog.product:
                uses: [ sku, description, cents, currency ]
                within: 10s
                why: prices stand at the shelves
            """;

    private ServedItem() {}

    /** Writes the plan into the folder. */
    static void writePlan(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        Files.writeString(folder.resolve("till.yaml"), TILL);
        Files.writeString(folder.resolve("shelf.yaml"), SHELF);
    }

    /** The call that writes the product of that number. */
    static byte[] put(int number) {
        return HttpCaller.request("PUT " + PATH + key(number), OWNER, document(number));
    }

    /** The call that reads it as the till sees it. */
    static byte[] get(int number) {
        return HttpCaller.request("GET " + PATH + key(number), READER, "");
    }

    /** The call that reads it and the 99 behind it. */
    static byte[] page(int number) {
        String from = number == 0 ? "" : "&after=" + key(number - 1);
        return HttpCaller.request("GET " + PATH.substring(0, PATH.length() - 1) + "?limit=100" + from, READER, "");
    }

    /** The call that reads it as whoever has this key. */
    static byte[] getBy(String key, int number) {
        return HttpCaller.request("GET " + PATH + key(number), "Authorization: Bearer " + key + "\r\n", "");
    }

    /** The call that writes it as whoever has this key. */
    static byte[] putBy(String key, int number) {
        String headers = "Authorization: Bearer " + key + "\r\nContent-Type: application/json\r\n";
        return HttpCaller.request("PUT " + PATH + key(number), headers, document(number));
    }

    /** The call that reads it unless it is still the one of this tag. */
    static byte[] getChanged(int number, String tag) {
        return HttpCaller.request("GET " + PATH + key(number), READER + "If-None-Match: " + tag + "\r\n", "");
    }

    /** The call for a stream of all changes from now on. */
    static byte[] changes() {
        return HttpCaller.request("GET /changes/catalog/product", READER + "Accept: text/event-stream\r\n", "");
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "p%05d", number % KEYS);
    }

    private static String document(int number) {
        return String.format(
                Locale.ROOT,
                "{\"sku\":\"%s\",\"description\":\"white hanging heart t-light holder, number %d\",\"cents\":%d,"
                        + "\"currency\":\"GBP\",\"category\":\"decoration and lights\",\"supplier\":\"Hearts of Bath Ltd\","
                        + "\"weight\":120}",
                key(number),
                number,
                255 + number);
    }
}
