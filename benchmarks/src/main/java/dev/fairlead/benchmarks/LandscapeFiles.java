package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Plan files of a large landscape, the same for the same seed: each service shares ten items and needs fifty of others.
 *
 * <p>Most items are states; a few services own what many read, as is usual. Numbers are spread over some orders of magnitude, so that both
 * answers come up, and some are left out or are ranges.
 */
final class LandscapeFiles {
    static final int ITEMS = 10;
    static final int NEEDS = 50;

    private static final List<String> SHARES = List.of(
            "{ kind: state, key: id, fields: { id: string, name: string, amount: \"decimal(12,2)\","
                    + " status: \"enum(open, closed)\" }, keys: %d, size: %dB, changes: %s }",
            "{ kind: event, key: id, events: { Opened: { id: string }, Closed: { id: string, reason: string } },"
                    + " retention: %dd, size: %dB, changes: %s }",
            "{ kind: request, question: { id: string, count: int32 }, answer: { amount: \"decimal(12,2)\" },"
                    + " deadline: %dms, size: %dB }");

    private final Random random;
    private final int services;

    private LandscapeFiles(long seed, int services) {
        this.random = new Random(seed);
        this.services = services;
    }

    /** Writes a file for each service, and a landscape that offers two mechanisms. */
    static void write(Path folder, long seed, int services) throws IOException {
        LandscapeFiles files = new LandscapeFiles(seed, services);
        Files.writeString(
                folder.resolve("landscape.yaml"),
                "mechanisms: { embedded: { }, sql: { url: \"jdbc:postgresql://db/shop\" } }\n"
                        + "budgets: { copyMemory: 500MB, bootstrap: 30s }\n");
        for (int service = 0; service < services; service++) {
            Files.writeString(folder.resolve("s" + service + ".yaml"), files.service(service));
        }
    }

    /** Writes the same, with other types in the first item of every so many services, and a comment more. */
    static void writeChanged(Path folder, long seed, int services, int each) throws IOException {
        write(folder, seed, services);
        for (int service = 0; service < services; service += each) {
            Path file = folder.resolve("s" + service + ".yaml");
            String changed = Files.readString(file)
                    .replaceFirst("decimal\\(12,2\\)", "decimal(14,2)")
                    .replaceFirst("enum\\(open, closed\\)", "enum(open, closed, lost)");
            Files.writeString(file, changed + "# changed\n");
        }
    }

    private String service(int service) {
        StringBuilder text = new StringBuilder("service: s" + service + "\nteam: t" + service % 40 + "\navailability: "
                + (random.nextInt(4) == 0 ? "99.5%" : "99%") + "\ninstances: " + (1 + random.nextInt(6))
                + "\nshares:\n");
        for (int item = 0; item < ITEMS; item++) {
            text.append("  i").append(item).append(": ").append(share(item)).append('\n');
        }
        text.append("needs:\n");
        Set<String> needed = new LinkedHashSet<>();
        while (needed.size() < NEEDS) {
            int owner = (int) (services * Math.pow(random.nextDouble(), 2));
            String item = "s" + owner + ".i" + random.nextInt(ITEMS);
            if (owner != service && needed.add(item)) {
                text.append("  ").append(item).append(": ").append(need()).append('\n');
            }
        }
        return text.toString();
    }

    private String share(int item) {
        String form = SHARES.get(item < 7 ? 0 : item < 9 ? 1 : 2);
        int first = item < 7 ? (int) spread(10, 2e6) : 1 + random.nextInt(90);
        return form.formatted(first, (int) spread(20, 3e3), rate(1e-3, 500));
    }

    private String need() {
        String within = random.nextInt(20) == 0 ? "0s" : (int) spread(1, 600) + "s";
        String hot = random.nextInt(3) == 0 ? ", hot: 20%" : "";
        return "{ reads: " + (random.nextInt(10) == 0 ? "10..40/s" : rate(1e-2, 2e3)) + ", within: " + within + hot
                + ", why: it is to be measured }";
    }

    private String rate(double from, double to) {
        return String.format(Locale.ROOT, "%.4f/s", spread(from, to));
    }

    private double spread(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }
}
