package dev.fairlead.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.ItemId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static Layers layers(String... lines) {
        List<Flow> flows = Arrays.stream(lines)
                .map(line -> line.split(" "))
                .map(words -> new Flow(ItemId.of(words[0] + ".x"), words[1], "feed"))
                .toList();
        return new Layers(List.of("a", "b", "c", "d", "e"), flows);
    }

    @Test
    void ownersStandLeftOfTheirReadersAndLongLinesGetAPlaceToPass() {
        Layers layers = layers("a b", "b c", "a c", "d c");

        assertThat(layers.columns()).hasSize(3);
        assertThat(layers.columns().get(0)).containsExactlyInAnyOrder("a", "d", "e");
        assertThat(layers.columns().get(1)).containsExactlyInAnyOrder("b", "a feed 1", "d feed 1");
        assertThat(layers.columns().get(2)).containsExactly("c");
    }

    @Test
    void linesOfOneSortFromOneOwnerPassAtOnePlace() {
        Layers layers = layers("a b", "b c", "a c", "a d", "b d");

        assertThat(layers.columns().get(1)).containsExactlyInAnyOrder("b", "a feed 1");
    }

    @Test
    void aCircleIsCutWhereItCloses() {
        Layers layers = layers("a b", "b c", "c a", "c d");

        assertThat(List.of("a", "b", "c", "d").stream().map(layers::columnOf)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void neighboursAreOrderedSoThatFewLinesCross() {
        Layers layers = layers("a e", "b d", "a d");

        assertThat(layers.columns().get(0).indexOf("a")
                        < layers.columns().get(0).indexOf("b"))
                .isEqualTo(layers.columns().get(1).indexOf("e")
                        < layers.columns().get(1).indexOf("d"));
    }
}
