package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what each mechanism has to carry. */
final class Traffic {
    private final Landscape landscape;
    private final Map<String, Ceilings.OfMechanism> mechanisms = new TreeMap<>();
    private final Map<String, Double> replicas = new HashMap<>();
    private final Set<Map.Entry<String, ItemId>> written = new HashSet<>();

    Traffic(Landscape landscape) {
        this.landscape = landscape;
    }

    Map<String, Ceilings.OfMechanism> mechanisms() {
        return mechanisms;
    }

    void add(NeedCase need, Decision decision) {
        StateNumbers numbers = need.inputs().numbers();
        String mechanism = decision.mechanism();
        double pushed = numbers.size() + numbers.weights().recordOverhead();
        double called = numbers.size() + numbers.weights().callOverhead();
        boolean isWritten =
                decision.scenario() != Scenario.REQUEST && written.add(Map.entry(mechanism, decision.item()));
        double copies = replicas(mechanism);
        if (isWritten) {
            add(mechanism, numbers.changes(), numbers.changes() * pushed * copies, 0, 0, 0, 0);
        }
        switch (decision.scenario()) {
            case FEED -> add(mechanism, 0, 0, numbers.pushedRecords(), numbers.pushedRecords() * pushed, 0, 0);
            case EVENTS -> add(mechanism, 0, 0, numbers.changes(), numbers.changes() * pushed, 0, 0);
            case REQUEST -> {
                double asked = need.share().kind() == ItemKind.STATE ? numbers.calls() : numbers.reads();
                if (Waiting.isFor(need.share(), Scenario.REQUEST)) {
                    add(mechanism, 0, 0, 0, 0, asked, asked * called);
                } else {
                    add(mechanism, asked, asked * pushed * copies, asked, asked * pushed, 0, 0);
                }
            }
        }
    }

    private void add(
            String mechanism,
            double written,
            double writtenBytes,
            double read,
            double readBytes,
            double called,
            double callBytes) {
        mechanisms.merge(
                mechanism,
                new Ceilings.OfMechanism(written, writtenBytes, read, readBytes, called, callBytes),
                (one, other) -> new Ceilings.OfMechanism(
                        one.writtenPerSecond() + other.writtenPerSecond(),
                        one.writtenBytesPerSecond() + other.writtenBytesPerSecond(),
                        one.readPerSecond() + other.readPerSecond(),
                        one.readBytesPerSecond() + other.readBytesPerSecond(),
                        one.callsPerSecond() + other.callsPerSecond(),
                        one.callBytesPerSecond() + other.callBytesPerSecond()));
    }

    /** How often a mechanism keeps what it is given. */
    double replicas(String mechanism) {
        return replicas.computeIfAbsent(
                mechanism,
                name -> landscape
                        .mechanism(name)
                        .map(offered -> offered.setting("replicas"))
                        .map(Traffic::count)
                        .orElse(1.0));
    }

    private static double count(String text) {
        try {
            return QuantityText.read(Measure.COUNT, text).middle();
        } catch (QuantityText.BadQuantity bad) {
            throw new IllegalStateException("a landscape was read with errors", bad);
        }
    }
}
