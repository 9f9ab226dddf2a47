package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.MechanismAbility;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.MechanismProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The planner plans with what mechanisms declare, without having them. */
class MechanismAbilityTest {
    private static List<MechanismProvider> present() {
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** What a power loss leaves is a matter of settings, so the planner may state less there than the best settings give. */
    @Test
    void whatThePlannerStatesIsWhatEachMechanismDeclares() {
        assertThat(present()).extracting(MechanismProvider::name).contains("embedded");
        assertThat(present()).allSatisfy(mechanism -> {
            Set<Capability> declared = EnumSet.copyOf(mechanism.capabilities());
            Set<Capability> stated = MechanismAbility.stated(mechanism.name()).capabilities();
            if (!stated.contains(Capability.SURVIVES_POWER_LOSS)) {
                declared.remove(Capability.SURVIVES_POWER_LOSS);
            }
            assertThat(stated).as(mechanism.name()).isEqualTo(declared);
        });
    }

    @Test
    void everyMechanismThatALandscapeMayOfferIsKnown() {
        assertThat(List.of("embedded", "kafka", "rabbitmq", "activemq", "sql", "redis", "http"))
                .allSatisfy(
                        name -> assertThat(MechanismAbility.stated(name).name()).isEqualTo(name));
    }
}
