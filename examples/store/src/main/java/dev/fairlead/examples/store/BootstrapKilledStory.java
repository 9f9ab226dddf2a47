package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.ChildProcess;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Billing is new, loads all profiles while they change, and is killed half way; started again it has each of them once, and the newest. */
final class BootstrapKilledStory implements Story {
    static final String NAME = "bootstrapSurvivesKill";

    private final Stage stage;
    private final Carriers carriers;

    BootstrapKilledStory(Stage stage, Carriers carriers) {
        this.stage = stage;
        this.carriers = carriers.apart("bootstrap");
    }

    @Override
    public String sentence() {
        return "In a process of its own, billing is new and loads " + Printed.text("%,d", RetailFigures.CUSTOMERS)
                + " profiles while they change; half way the process is killed.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        Path folder = stage.folder().resolve("bootstrap");
        PlanFolder.copy(stage.landscape().services().plan(), folder.resolve("plan"), carriers);
        List<String> first;
        try (ChildProcess child = start(folder, BootstrapChild.HALF)) {
            child.tells(line -> line.startsWith(BootstrapChild.HALF));
            first = child.kill().lines();
        }
        try (ChildProcess child = start(folder, BootstrapChild.WHOLE)) {
            ChildProcess.Ended second = child.end();
            return judge(first, second.lines(), second.exitCode());
        }
    }

    private ChildProcess start(Path folder, String how) {
        return ChildProcess.start(
                stage.workers(),
                stage.patience(),
                BootstrapChild.class,
                folder.resolve("errors"),
                folder.toString(),
                how);
    }

    static DemoResult.Check judge(List<String> first, List<String> second, int exitCode) {
        List<String> faults = new ArrayList<>();
        String half = only(first, BootstrapChild.HALF, faults);
        Map<String, Long> renamed = new HashMap<>();
        versions(first, BootstrapChild.RENAMED).forEach((id, all) -> all.forEach(v -> renamed.merge(id, v, Math::max)));
        versions(second, BootstrapChild.RENAMED)
                .forEach((id, all) -> all.forEach(v -> renamed.merge(id, v, Math::max)));
        Map<String, List<Long>> shown = versions(second, BootstrapChild.SHOWN);
        if (shown.size() != RetailFigures.CUSTOMERS) {
            faults.add(shown.size() + " customers in the copy");
        }
        shown.forEach((id, all) -> {
            if (all.size() != 1) {
                faults.add(id + " is there " + all.size() + " times");
            }
            if (all.getFirst() < renamed.getOrDefault(id, 1L)) {
                faults.add(id + " has version " + all.getFirst() + ", and " + renamed.get(id) + " was acknowledged");
            }
        });
        String digests = only(second, BootstrapChild.DIGESTS, faults).substring(BootstrapChild.DIGESTS.length());
        String[] sides = digests.split("\\|", -1);
        boolean agree = sides.length == 2 && sides[0].strip().equals(sides[1].strip());
        if (!agree) {
            faults.add("the digests differ:" + digests);
        }
        if (exitCode != 0) {
            faults.add("the second process ended with " + exitCode);
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "killed with %s; then %,d profiles, each once, %d of them renamed meanwhile, the digest equals the owner's",
                        half.substring(BootstrapChild.HALF.length()).strip(), shown.size(), renamed.size())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty() && !renamed.isEmpty(), detail);
    }

    private static String only(List<String> lines, String word, List<String> faults) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(word + " ")).toList();
        if (found.size() != 1) {
            faults.add("'" + word + "' was told " + found.size() + " times");
        }
        return found.isEmpty() ? word : found.getFirst();
    }

    private static Map<String, List<Long>> versions(List<String> lines, String word) {
        Map<String, List<Long>> versions = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            if (parts[0].equals(word) && parts.length == 3) {
                versions.computeIfAbsent(parts[1], none -> new ArrayList<>()).add(Long.parseLong(parts[2]));
            }
        }
        return versions;
    }
}
