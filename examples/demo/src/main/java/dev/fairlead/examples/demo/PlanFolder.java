package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.io.InputStream;
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

    /**
     * Makes the folder with the plan files of an example.
     *
     * @param example a class of the example, beside which its plan files lie
     * @param files the plan files
     * @param carriers what the landscape offers in place of what its file does
     */
    public static void write(Class<?> example, List<String> files, Path to, Carriers carriers) throws IOException {
        Files.createDirectories(to);
        for (String file : files) {
            copy(example, "plan/" + file, to.resolve(file));
        }
        offer(to, carriers);
    }

    private static void copy(Class<?> example, String resource, Path to) throws IOException {
        try (InputStream in = example.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FairleadException(
                        ErrorCode.INTERNAL, resource + " is not on the class path (build the example with Maven)");
            }
            Files.copy(in, to);
        }
    }

    private static void offer(Path plan, Carriers carriers) throws IOException {
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
