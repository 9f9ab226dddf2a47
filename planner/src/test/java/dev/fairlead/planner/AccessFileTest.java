package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFileTest {
    private static final String HASH = "dffd6021bb2bd5b0af676290809ec3a53191dd81c7f70a4b28688a362182986f";
    private static final String SECRET = "correct-horse-battery-staple-0123456789";

    @TempDir
    Path folder;

    private AccessResult read(String text) throws IOException {
        return AccessResult.read(Files.writeString(folder.resolve("access.yaml"), text));
    }

    @Test
    void holdsWhoMayCallAndHowTheyProveIt() throws IOException {
        AccessResult result = read("""
                tls: { certificate: node.pem, key: node.key, callers: ca.pem }
                tokens: { issuer: "https://id.example.org", audience: shop, keys: jwks.json }
                operator: { keys: [ "%s" ] }
                callers:
                  billing: { certificates: [ "spiffe://shop/billing" ], subjects: [ billing-client ] }
                limits: { rate: 500/s, calls: 64 }
                """.formatted(HASH));

        assertThat(result.findings()).isEmpty();
        Access access = Objects.requireNonNull(result.access());
        Access.Tokens tokens = Objects.requireNonNull(access.tokens());
        assertThat(access.encryption()).isEqualTo(new Access.Encryption("node.pem", "node.key", "ca.pem", null));
        assertThat(tokens.algorithms()).containsExactlyInAnyOrder("RS256", "PS256", "ES256");
        assertThat(tokens.types()).containsExactly("at+jwt");
        assertThat(access.proofs())
                .containsEntry(Access.OPERATOR, new Access.Proofs(Set.of(), Set.of(), Set.of(HASH)))
                .containsEntry(
                        "billing",
                        new Access.Proofs(Set.of("spiffe://shop/billing"), Set.of("billing-client"), Set.of()));
        assertThat(access.limits()).isEqualTo(new Access.Limits(500, 64, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operator: { keys: [ %s ] }",
                "operator: { keys: [ %s, %s ] }",
                "operator: { keys: [ { key: %s } ] }",
                "operator: { keys: %s }",
                "operator: { keys: [ \"%s\" ] }\ncallers: { billing: { keys: [ %s ] } }",
                "callers: { billing: { keys: [ %s, %s, %s ] } }",
                "clients: { partners: { keys: { acme: { key: %s } } } }",
                "clients: { partners: { keys: { acme: { key: [ %s ] } } } }",
            })
    void refusesAKeyInPlaceOfItsHashWithoutTellingIt(String text) throws IOException {
        AccessResult result = read(text.replace("%s", SECRET));

        assertThat(result.access()).isNull();
        assertThat(result.findings()).isNotEmpty();
        assertThat(result.findings().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                          | without callers nobody can call
            callers: { billing: {} }                                    | caller `billing` can prove nothing
            callers: { billing: { certificates: [ b ] } }               | no `tls: { callers: … }` that vouches for them
            callers: { billing: { subjects: [ b ] } }                   | no `tokens:` that tells which tokens are taken
            tls: { certificate: a.pem }                                 | `key`
            tls: { certificate: a.pem, key: a.key, revoked: a.crl }     | name the authorities whose certificates may be revoked
            tokens: { issuer: i, audience: a, keys: 'http://id.example.org/jwks' } | no https URL without user and fragment
            tokens: { issuer: i, audience: a, keys: 'https://u:p@id.example.org/' } | no https URL without user and fragment
            tokens: { issuer: i, audience: a, keys: k, algorithms: [ HS256 ] } | `HS256`
            tokens: { issuer: i, audience: a, keys: k, algorithms: [ none ] }  | `none`
            callers: { 'Bad Name': { keys: [ x ] } }                    | Bad Name
            limits: { rate: -1/s }                                      | rate
            surprise: 1                                                 | `surprise`
            clients: { customers: {} }                                  | can prove nothing
            clients: { customers: { scope: c } }                        | no `tokens:` that tells which tokens are taken
            clients: { customers: { scope: 'a b' } }                    | `scope` is no scope
            clients: { partners: { keys: { acme: { claims: { a: b } } } } } | has no `key`
            clients: { partners: { keys: { 'A b': { key: x } } } }      | `A b` cannot name a client
            clients: { partners: { keys: { acme: { key: x, claim: { a: b } } } } } | did you mean `claims`?
            clients: { 'Bad Name': { scope: c } }                       | `Bad Name` cannot name outside clients
            """)
    void refusesWhatWouldLeaveADoorOpenOrSaysNothing(String text, String expected) throws IOException {
        AccessResult result = read(text);

        assertThat(result.access()).isNull();
        assertThat(result.findings())
                .anySatisfy(finding -> assertThat(finding.line()).contains(expected));
        assertThat(result.findings())
                .allSatisfy(finding -> assertThat(finding.line()).contains("access.yaml:"));
    }

    @Test
    void oneProofIsOneCallers() throws IOException {
        AccessResult result = read("""
                operator: { keys: [ "%s" ] }
                callers: { billing: { keys: [ "%s" ] } }
                """.formatted(HASH, HASH));

        assertThat(result.access()).isNull();
        assertThat(result.findings().toString()).contains("it proves one caller");
    }

    @Test
    void outsideClientsHaveAScopeOrKeysWithClaims() throws IOException {
        AccessResult result = read("""
                tokens: { issuer: "https://id.example.org", audience: shop, keys: jwks.json }
                clients:
                  customers: { scope: shop.customer }
                  partners: { keys: { acme: { key: %s, claims: { partner: 4711 } } } }
                """.formatted(HASH));

        assertThat(result.findings()).isEmpty();
        assertThat(Objects.requireNonNull(result.access()).clients())
                .containsEntry("customers", new Access.Clients("shop.customer", Map.of()))
                .containsEntry(
                        "partners",
                        new Access.Clients(
                                null, Map.of("acme", new Access.ClientKey(HASH, Map.of("partner", "4711")))));
    }

    @Test
    void aKeyOrScopeIsOneCallersOnly() throws IOException {
        AccessResult result = read("""
                tokens: { issuer: "https://id.example.org", audience: shop, keys: jwks.json }
                callers: { billing: { keys: [ %s ] } }
                clients:
                  customers: { scope: s }
                  guests: { scope: s }
                  partners: { keys: { acme: { key: %s } } }
                """.formatted(HASH, HASH));

        assertThat(result.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message()).contains("it proves one caller"));
    }
}
