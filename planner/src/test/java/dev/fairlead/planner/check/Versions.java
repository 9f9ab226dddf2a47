package dev.fairlead.planner.check;

import dev.fairlead.planner.KnownFiles;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions of a small landscape, written as the texts of its services, and what a check of the last finds. */
final class Versions {
    private static final Instant MOMENT = Instant.parse("2026-01-31T00:00:00Z");

    private final Path folder;
    private final List<Plan> plans = new ArrayList<>();

    Versions(Path folder) {
        this.folder = folder;
    }

    /** One more version; each text is the file of a service. */
    Versions then(String... services) {
        Path version = folder.resolve("v" + plans.size());
        try {
            Files.createDirectories(version);
            for (int number = 0; number < services.length; number++) {
                Files.writeString(version.resolve("s" + number + ".yaml"), services[number]);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        PlanResult result = PlanReader.readDangling(List.of(version), null, new KnownFiles());
        if (result.plan() == null) {
            throw new AssertionError("faults: " + result.findings());
        }
        plans.add(result.plan());
        return this;
    }

    /** The last version against the one before it; those before that were replaced one day earlier each. */
    Comparison compare() {
        int last = plans.size() - 1;
        List<EarlierVersion> earlier = new ArrayList<>();
        for (int number = last - 2; number >= 0; number--) {
            Instant replaced = MOMENT.minus(Duration.ofDays(last - 1 - number));
            earlier.add(
                    new EarlierVersion("v" + number, replaced, plans.get(number).items()));
        }
        return Comparison.of(plans.get(last - 1), plans.get(last), earlier, MOMENT);
    }

    /** The findings as {@code severity rule [readers] change}. */
    List<String> found() {
        return compare().findings().stream().map(Versions::line).toList();
    }

    static String line(CheckFinding each) {
        Change change = each.change();
        String about = change == null ? "" : " " + change.readers() + " " + change.text();
        return each.finding().severity().word() + " " + each.finding().rule().id() + about;
    }

    /** Who may be deployed first. */
    static @Nullable String order(CheckFinding each) {
        Change change = each.change();
        return change == null ? null : change.order();
    }

    /** Which versions had to fit. */
    static @Nullable Mode mode(CheckFinding each) {
        Change change = each.change();
        return change == null ? null : change.mode();
    }

    /** The witnesses by change. */
    Map<String, String> witnesses() {
        Map<String, String> witnesses = new TreeMap<>();
        for (CheckFinding each : compare().findings()) {
            Change change = each.change();
            if (change != null && change.witness() != null) {
                witnesses.put(change.text(), change.witness());
            }
        }
        return witnesses;
    }
}
