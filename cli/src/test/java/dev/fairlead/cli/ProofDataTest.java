package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProofDataTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void theEndTakesAwayWhatIsStillOpen() {
        ProvenMechanism inner = new ProvenMechanism(Durability.D1);
        ProofData data = new ProofData(level -> inner);
        MechanismUnderTest scenario = data.at(Durability.D1);
        Mechanism opened = scenario.open(TimeSource.SYSTEM);

        assertThat(data.end(PATIENCE)).isEmpty();

        assertThat(Files.exists(Path.of(inner.place().replace("the folder ", ""))))
                .isFalse();
        assertThatThrownBy(() -> scenario.open(TimeSource.SYSTEM))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("interrupted");
        opened.close();
        scenario.dispose();
    }

    @Test
    void whatCannotBeTakenAwayIsTold() {
        LeavingServer server = new LeavingServer(opening -> false);
        ProofData data = new ProofData(server::data);
        data.at(Durability.D0).open(TimeSource.SYSTEM);
        server.keepData();

        assertThat(data.end(PATIENCE)).singleElement().asString().startsWith("the folder ");
    }

    @Test
    void whatWasTakenAwayIsForgotten() {
        ProofData data = new ProofData(ProvenMechanism::new);
        try (MechanismUnderTest scenario = data.at(Durability.D0);
                Mechanism opened = scenario.open(TimeSource.SYSTEM)) {
            assertThat(opened.capabilities()).isNotEmpty();
        }

        assertThat(data.end(PATIENCE)).isEmpty();
    }
}
