package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.MechanismAbility;
import dev.fairlead.spi.MechanismProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The planner plans with what mechanisms declare, without having them. */
class MechanismAbilityTest {
    private static List<MechanismProvider> present() {
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Test
    void whatThePlannerStatesIsWhatEachMechanismDeclares() {
        assertThat(present()).extracting(MechanismProvider::name).contains("embedded");
        assertThat(present())
                .allSatisfy(mechanism -> assertThat(
                                MechanismAbility.stated(mechanism.name()).capabilities())
                        .as(mechanism.name())
                        .isEqualTo(mechanism.capabilities()));
    }

    @Test
    void everyMechanismThatALandscapeMayOfferIsKnown() {
        assertThat(List.of("embedded", "kafka", "rabbitmq", "activemq", "sql", "redis", "http"))
                .allSatisfy(
                        name -> assertThat(MechanismAbility.stated(name).name()).isEqualTo(name));
    }
}
