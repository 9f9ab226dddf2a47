package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    private final PathTemplate template = new PathTemplate("/items/{item}/keys/{key}");

    @Test
    void partsInBracesAreWhateverStandsThere() {
        assertThat(template.match(List.of("items", "profile.profile", "keys", "a/b")))
                .contains(Map.of("item", "profile.profile", "key", "a/b"));
        assertThat(template).hasToString("/items/{item}/keys/{key}");
    }

    @Test
    void otherPartsStandThereAsTheyAre() {
        assertThat(template.match(List.of("items", "profile.profile", "key", "a")))
                .isEmpty();
        assertThat(template.match(List.of("items", "profile.profile", "keys"))).isEmpty();
        assertThat(template.match(List.of("items", "profile.profile", "keys", "a", "b")))
                .isEmpty();
        assertThat(template.fits(List.of("{item}", "profile.profile", "keys", "a")))
                .isFalse();
    }
}
