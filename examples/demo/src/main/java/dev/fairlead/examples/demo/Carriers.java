package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that carries the items of a demo. It stands in the {@code landscape.yaml} of each folder of plan files, so that every process of the
 * demo finds the same; passwords are only named there.
 *
 * @param server the run's own among their servers, which a story may kill; null where there is none
 */
public record Carriers(List<Carrier> all, @Nullable CarryingServer server) {
    public Carriers {
        all = List.copyOf(all);
    }

    /** Without a server of the run's own. */
    public Carriers(List<Carrier> all) {
        this(all, null);
    }

    /** The same with this server as the run's own. */
    public Carriers on(CarryingServer own) {
        return new Carriers(all, own);
    }

    /** The embedded mechanism alone, with its data where it is opened. */
    public static Carriers embedded() {
        return of(Carrier.EMBEDDED, Map.of());
    }

    /** One mechanism, and nothing else. */
    public static Carriers of(String mechanism, Map<String, String> settings) {
        return new Carriers(List.of(new Carrier(mechanism, settings, Set.of())));
    }

    /** The mechanisms that the landscape of these plan files offers. */
    public static Carriers of(Path plan) {
        return offeredBy(plan.resolve(PlanFolder.LANDSCAPE));
    }

    /**
     * The mechanisms that a landscape file offers.
     *
     * @throws FairleadException with PLAN and everything that is wrong with the file
     */
    public static Carriers offeredBy(Path landscape) {
        PlanResult result = PlanReader.readLandscape(landscape);
        Plan read = result.plan();
        if (read == null) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    result.findings().stream().map(Finding::line).collect(Collectors.joining(System.lineSeparator())));
        }
        return new Carriers(read.landscape().mechanisms().stream()
                .map(offered -> new Carrier(
                        offered.name(), offered.settings(), offered.carried().names()))
                .toList());
    }

    /** The same under names that no other run has, so that several can use one server. */
    public Carriers ofThisRun() {
        return apart(
                "demo_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    }

    /**
     * The same with places of their own: on a server, other names.
     *
     * @param place small letters, digits and {@code _}
     */
    public Carriers apart(String place) {
        return each(carrier -> carrier.apart(place));
    }

    /** Whether several processes can have all of it open at a time: none keeps it in files of its own. */
    public boolean isShared() {
        return all.stream().noneMatch(Carrier::isInFiles);
    }

    private Carriers each(UnaryOperator<Carrier> change) {
        return new Carriers(all.stream().map(change).toList(), server);
    }

    /**
     * Opens all.
     *
     * @param folder for what they keep in files
     */
    public OpenCarriers open(Path folder, TimeSource time) {
        return OpenCarriers.open(this, folder, time);
    }

    /** Takes away what they have made on their servers; nobody has them open any more. */
    void remove(Path folder) {
        all.forEach(carrier -> carrier.remove(folder));
    }
}
