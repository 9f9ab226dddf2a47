package dev.fairlead.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Access;
import java.time.Instant;
import java.util.HashMap;
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
                Map.of(),
                List.of());
    }

    @Test
    void s8AKeyIsRightOnlyWhenAllOfItIs() {
        assertThat(roll(KEY).ofKey(KEY))
                .hasValueSatisfying(
                        found -> assertThat(found.party()).isEqualTo(new Identity.Party.Insider("billing")));
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
                roll().ofToken(token("billing-client", now.plusSeconds(1))).orElseThrow();
        assertThat(roll().holds(byToken, now)).isTrue();
        assertThat(roll().holds(byToken, now.plusSeconds(1))).isFalse();
        Roll moved = new Roll(
                Map.of("shipping", new Access.Proofs(Set.of(), Set.of("billing-client"), Set.of())),
                Map.of(),
                List.of());
        assertThat(moved.holds(byToken, now)).as("the subject is another's now").isFalse();
    }

    private static Tokens.Checked token(String subject, Instant until, String... scopes) {
        return new Tokens.Checked(subject, until, Set.of(scopes), Map.of("sub", subject));
    }

    private static Roll outside(String... scopes) {
        Map<String, Access.Clients> clients = new HashMap<>();
        for (String scope : scopes) {
            clients.put(scope.replace("shop.", ""), new Access.Clients(scope, Map.of()));
        }
        String hash = HexFormat.of().formatHex(Roll.sha256(KEY));
        clients.put(
                "partners",
                new Access.Clients(null, Map.of("acme", new Access.ClientKey(hash, Map.of("partner", "a")))));
        return new Roll(
                Map.of("billing", new Access.Proofs(Set.of(), Set.of("billing-client"), Set.of())), clients, List.of());
    }

    @Test
    void aTokenIsAClientsByItsScopeUnlessItsSubjectIsAService() {
        Instant soon = Instant.now().plusSeconds(9);
        Roll roll = outside("shop.customers", "shop.guests");

        assertThat(roll.ofToken(token("ada", soon, "other", "shop.customers")))
                .hasValueSatisfying(found -> assertThat(found.party())
                        .isInstanceOfSatisfying(Identity.Party.Client.class, client -> {
                            assertThat(client.clients()).isEqualTo("customers");
                            assertThat(client.id()).hasSize(16).doesNotContain("ada");
                            assertThat(client.claims()).containsExactly(Map.entry("sub", "ada"));
                        }));
        assertThat(roll.ofToken(token("ada", soon, "shop.customers", "shop.guests")))
                .isEmpty();
        assertThat(roll.ofToken(token("ada", soon, "shop"))).isEmpty();
        assertThat(roll.ofToken(token("billing-client", soon, "shop.customers")))
                .hasValueSatisfying(
                        found -> assertThat(found.party()).isEqualTo(new Identity.Party.Insider("billing")));
        assertThat(roll.ofKey(KEY))
                .hasValueSatisfying(found -> assertThat(found.party())
                        .isEqualTo(new Identity.Party.Client("partners", "acme", Map.of("partner", "a"))));
    }

    @Test
    void aClientHoldsAsLongAsItsScopeAndClaimsAreTheSame() {
        Instant now = Instant.now();
        Identity client = outside("shop.customers")
                .ofToken(token("ada", now.plusSeconds(9), "shop.customers"))
                .orElseThrow();

        assertThat(outside("shop.customers").holds(client, now)).isTrue();
        assertThat(outside("shop.others").holds(client, now)).isFalse();
        assertThat(client.toString()).doesNotContain("ada");
    }

    @Test
    void s38NothingThatProvesIsShownAsText() {
        assertThat(roll(KEY).ofKey(KEY).orElseThrow().toString())
                .doesNotContain(KEY, HexFormat.of().formatHex(Roll.sha256(KEY)));
    }
}
