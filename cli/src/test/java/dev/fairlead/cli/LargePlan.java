package dev.fairlead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a landscape of many services in layers, the same for the same seed. */
final class LargePlan {
    private static final List<String> CONTEXTS =
            List.of("customers", "sales", "logistics", "finance", "products", "marketing", "support", "risk");
    private static final int LAYERS = 5;

    private LargePlan() {}

    static void write(Path folder, int services, long seed) throws IOException {
        Random random = new Random(seed);
        List<List<String>> items = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            items.add(new ArrayList<>());
        }
        for (int number = 0; number < services; number++) {
            int layer = number * LAYERS / services;
            String context = CONTEXTS.get(random.nextInt(CONTEXTS.size()));
            String name = context + "-" + number;
            StringBuilder text =
                    new StringBuilder("service: " + name + "\nteam: " + context + "\ncontext: " + context + "\n");
            List<String> needed = new ArrayList<>();
            for (int each = 0; layer > 0 && each < 3; each++) {
                List<String> below = items.get(random.nextInt(layer));
                String item = below.get(random.nextInt(below.size()));
                if (!needed.contains(item)) {
                    needed.add(item);
                }
            }
            if (layer < LAYERS - 1) {
                text.append("shares:\n").append(share(number, random)).append("\n");
                items.get(layer).add(name + ".item-" + number % 3);
            }
            if (!needed.isEmpty()) {
                text.append("needs:\n");
                for (String item : needed) {
                    String within = item.endsWith("item-0") ? ", within: 30s" : "";
                    text.append("  " + item + ": { reads: 50/s, why: it is shown" + within + " }\n");
                }
            }
            Files.writeString(folder.resolve(name + ".yaml"), text.toString());
        }
    }

    private static String share(int number, Random random) {
        return switch (number % 3) {
            case 0 ->
                "  item-0: { kind: state, key: id, fields: { id: string, field" + number + ": string }, keys: "
                        + (1 + random.nextInt(50)) + "k, size: 300B, changes: " + (1 + random.nextInt(99)) + "/s }";
            case 1 ->
                "  item-1: { kind: event, key: id, events: { Done" + number + ": { id: string } }, changes: 5/s }";
            default -> "  item-2: { kind: request, question: { id: string }, answer: { a: int32 }, deadline: 1s }";
        };
    }
}
