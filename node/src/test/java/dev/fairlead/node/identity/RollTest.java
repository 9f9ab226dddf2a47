package dev.fairlead.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Access;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static Roll roll(String... keys) {
        return new Roll(
                Map.of(
                        "billing",
                        new Access.Proofs(
                                Set.of(),
                                Set.of("billing-client"),
                                Set.copyOf(List.of(keys).stream()
                                        .map(key -> HexFormat.of().formatHex(Roll.sha256(key)))
                                        .toList()))),
                List.of());
    }

    @Test
    void s8AKeyIsRightOnlyWhenAllOfItIs() {
        assertThat(roll(KEY).ofKey(KEY))
                .hasValueSatisfying(found -> assertThat(found.caller()).isEqualTo("billing"));
        for (int at = 0; at < KEY.length(); at++) {
            String other = KEY.substring(0, at) + "x" + KEY.substring(at + 1);
            assertThat(roll(KEY).ofKey(other)).as("wrong at %d", at).isEmpty();
        }
        assertThat(roll(KEY).ofKey(KEY + "0")).isEmpty();
        assertThat(roll(KEY).ofKey(KEY.substring(1))).isEmpty();
        assertThat(roll(KEY).ofKey(HexFormat.of().formatHex(Roll.sha256(KEY)))).isEmpty();
    }

    @Test
    void aKeyThatCouldBeGuessedIsNoneWhateverItsHash() {
        assertThat(roll("short").ofKey("short")).isEmpty();
        assertThat(roll("").ofKey("")).isEmpty();
        assertThat(roll("x".repeat(257)).ofKey("x".repeat(257))).isEmpty();
    }

    @Test
    void anIdentityHoldsAsLongAsItsProofIsThatCallers() {
        Identity byKey = roll(KEY).ofKey(KEY).orElseThrow();
        Instant now = Instant.now();
        assertThat(roll(KEY).holds(byKey, now)).isTrue();
        assertThat(roll(KEY + "0").holds(byKey, now)).isFalse();
        Identity byToken =
                roll().ofSubject("billing-client", now.plusSeconds(1)).orElseThrow();
        assertThat(roll().holds(byToken, now)).isTrue();
        assertThat(roll().holds(byToken, now.plusSeconds(1))).isFalse();
        Roll moved = new Roll(
                Map.of("shipping", new Access.Proofs(Set.of(), Set.of("billing-client"), Set.of())), List.of());
        assertThat(moved.holds(byToken, now)).as("the subject is another's now").isFalse();
    }

    @Test
    void s38NothingThatProvesIsShownAsText() {
        assertThat(roll(KEY).ofKey(KEY).orElseThrow().toString())
                .doesNotContain(KEY, HexFormat.of().formatHex(Roll.sha256(KEY)));
    }
}
