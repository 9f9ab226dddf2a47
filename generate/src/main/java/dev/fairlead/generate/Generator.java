package dev.fairlead.generate;

import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes files from a plan.
 *
 * <p>A pure function: the same plan and choice give the same bytes, whatever the machine, its clock and its locale.
 */
public final class Generator {
    private final Choice choice;
    private final Map<ServicePlan, List<Seen>> seenBy = new LinkedHashMap<>();
    private final Map<String, List<Seen>> readOf = new HashMap<>();
    private final List<GeneratedFile> files = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private Generator(Plan plan, Choice choice) {
        this.choice = choice;
        for (ServicePlan service : plan.services()) {
            List<Seen> seen = Seen.of(service, plan);
            seenBy.put(service, seen);
            seen.stream()
                    .filter(item -> !item.isOwn())
                    .forEach(item -> readOf.computeIfAbsent(item.id().owner(), absent -> new ArrayList<>())
                            .add(item));
        }
    }

    /** The files of each chosen service, in {@code SERVICE/OUTPUT/}; or why there are none. */
    public static Generation generate(Plan plan, Choice choice) {
        Generator generator = new Generator(plan, choice);
        generator.seenBy.forEach((service, seen) -> {
            if (choice.service() == null || choice.service().equals(service.name())) {
                choice.outputs().forEach(output -> generator.add(output, service, seen));
            }
        });
        generator.files.sort(Comparator.comparing(GeneratedFile::path));
        return new Generation(generator.refusals.isEmpty() ? generator.files : List.of(), generator.refusals);
    }

    private void add(Output output, ServicePlan service, List<Seen> seen) {
        if (output == Output.JAVA) {
            seen.forEach(item -> refusals.addAll(Limits.ofJava(item)));
        }
        String folder = service.name() + "/" + output.word() + "/";
        for (GeneratedFile file : made(output, service, seen)) {
            files.add(new GeneratedFile(folder + file.path(), file.content()));
        }
    }

    private List<GeneratedFile> made(Output output, ServicePlan service, List<Seen> seen) {
        return switch (output) {
            case JSON_SCHEMA -> SchemaFiles.of(service.name(), seen);
            case ASYNCAPI -> AsyncApi.of(service, seen);
            case OPENAPI -> OpenApi.of(service, seen);
            case SQL -> SqlFiles.of(service.name(), seen, readOf.getOrDefault(service.name(), List.of()));
            case JAVA -> JavaSources.of(service, seen, choice.javaPackage());
        };
    }
}
