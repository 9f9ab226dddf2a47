package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedSettingsTest {
    @TempDir
    Path folder;

    private EmbeddedSettings of(Map<String, String> settings) {
        return EmbeddedSettings.of(new MechanismOpening(settings, folder, TimeSource.SYSTEM));
    }

    @Test
    void isSafeByDefault() {
        assertThat(of(Map.of())).isEqualTo(new EmbeddedSettings(folder.resolve("fairlead-data"), Durability.D2));
    }

    @Test
    void readsEverySetting() {
        assertThat(of(Map.of("data", "here/too", "durability", "D1")))
                .isEqualTo(new EmbeddedSettings(folder.resolve("here/too"), Durability.D1));
        assertThat(of(Map.of("durability", "D0"))).isEqualTo(new EmbeddedSettings(null, Durability.D0));
    }

    @ParameterizedTest
    @CsvSource({
        "dta, x, 'data'",
        "durabilty, D1, 'durability'",
        "durability, d1, D0",
        "durability, D3, several nodes",
        "data, '', empty",
        "data, 'a\0b', path"
    })
    void refusesWhatItDoesNotKnow(String key, String value, String told) {
        assertThat(failure(ErrorCode.PLAN, () -> of(Map.of(key, value)))).hasMessageContaining(told);
    }

    @Test
    void refusesAFolderForDataInMemory() {
        failure(ErrorCode.PLAN, () -> of(Map.of("data", "x", "durability", "D0")));
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(MechanismProvider.class))
                .singleElement()
                .satisfies(provider -> assertThat(provider.name()).isEqualTo("embedded"));
    }
}
