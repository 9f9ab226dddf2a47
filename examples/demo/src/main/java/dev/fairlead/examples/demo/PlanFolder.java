package dev.fairlead.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with plan files of a demo, of which the landscape offers what carries the items here. */
public final class PlanFolder {
    static final String LANDSCAPE = "landscape.yaml";

    private static final String OFFERED = "mechanisms:";

    private PlanFolder() {}

    /** Copies the plan files, and lets their landscape offer these mechanisms and no others; its budgets and costs stay. */
    public static void copy(Path from, Path to, Carriers carriers) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
            offer(to, carriers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void offer(Path plan, Carriers carriers) throws IOException {
        Path landscape = plan.resolve(LANDSCAPE);
        List<String> lines = new ArrayList<>();
        boolean isOffered = false;
        for (String line : Files.readAllLines(landscape)) {
            isOffered = line.startsWith(OFFERED) || (isOffered && (line.isBlank() || line.startsWith(" ")));
            if (!isOffered) {
                lines.add(line);
            }
        }
        lines.add(OFFERED);
        carriers.all().forEach(carrier -> lines.add("  " + carrier.name() + ": " + flow(carrier)));
        Files.write(landscape, lines);
    }

    private static String flow(Carrier carrier) {
        Stream<String> settings = new TreeMap<>(carrier.settings())
                .entrySet().stream()
                        .map(setting -> setting.getKey() + ": \""
                                + setting.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        Stream<String> carries = carrier.carries().isEmpty()
                ? Stream.of()
                : Stream.of("carries: "
                        + carrier.carries().stream().sorted().collect(Collectors.joining(", ", "[ ", " ]")));
        return Stream.concat(settings, carries).collect(Collectors.joining(", ", "{ ", " }"));
    }
}
