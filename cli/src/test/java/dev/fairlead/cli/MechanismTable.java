package dev.fairlead.cli;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.MechanismProvider;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of mechanisms that stands in the README, made from what the mechanisms on the class path declare. */
final class MechanismTable {
    private MechanismTable() {}

    static String markdown() {
        List<MechanismProvider> mechanisms = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(MechanismProvider::name))
                .toList();
        String names = mechanisms.stream().map(MechanismProvider::name).collect(Collectors.joining(" | "));
        String rule = mechanisms.stream().map(mechanism -> "---").collect(Collectors.joining("|"));
        String rows = Stream.of(Capability.values())
                .map(capability -> "| " + capability.words() + " | "
                        + mechanisms.stream()
                                .map(mechanism -> mechanism.capabilities().contains(capability) ? "yes" : "-")
                                .collect(Collectors.joining(" | "))
                        + " |")
                .collect(Collectors.joining("\n"));
        return "| can it … | " + names + " |\n|---|" + rule + "|\n" + rows + "\n";
    }
}
