package dev.fairlead.examples.demo;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens the mechanism that a user named. */
public final class NamedMechanism {
    private NamedMechanism() {}

    /**
     * Opens it on a data folder.
     *
     * @throws FairleadException with PLAN when there is none of that name
     */
    public static Mechanism open(String name, Path data, TimeSource time) {
        List<MechanismProvider> known = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        MechanismProvider provider = known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "there is no mechanism " + Printed.quoted(name) + " here (use "
                                + known.stream().map(MechanismProvider::name).collect(Collectors.joining(" or "))
                                + ")"));
        return provider.open(new MechanismOpening(Map.of("data", data.toString()), data, time));
    }
}
