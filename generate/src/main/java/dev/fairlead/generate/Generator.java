package dev.fairlead.generate;

import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes files from a plan.
 *
 * <p>A pure function: the same plan and choice give the same bytes, whatever the machine, its clock and its locale.
 */
public final class Generator {
    private Generator() {}

    /** The files of each chosen service, in {@code SERVICE/OUTPUT/}; or why there are none. */
    public static Generation generate(Plan plan, Choice choice) {
        List<GeneratedFile> files = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (ServicePlan service : plan.services()) {
            if (choice.service() == null || choice.service().equals(service.name())) {
                List<Seen> seen = Seen.of(service, plan);
                for (Output output : choice.outputs()) {
                    if (output == Output.JAVA) {
                        seen.forEach(item -> refusals.addAll(Limits.ofJava(item)));
                    }
                    String folder = service.name() + "/" + output.word() + "/";
                    made(output, service, seen, plan, choice)
                            .forEach(file -> files.add(new GeneratedFile(folder + file.path(), file.content())));
                }
            }
        }
        files.sort(Comparator.comparing(GeneratedFile::path));
        return new Generation(refusals.isEmpty() ? files : List.of(), refusals);
    }

    private static List<GeneratedFile> made(
            Output output, ServicePlan service, List<Seen> seen, Plan plan, Choice choice) {
        return switch (output) {
            case JSON_SCHEMA -> SchemaFiles.of(service.name(), seen);
            case ASYNCAPI -> AsyncApi.of(service, seen);
            case OPENAPI -> OpenApi.of(service, seen);
            case SQL -> SqlFiles.of(service, seen, plan);
            case JAVA -> JavaSources.of(service, seen, choice.javaPackage());
        };
    }
}
