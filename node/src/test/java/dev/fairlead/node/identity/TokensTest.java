package dev.fairlead.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.planner.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path folder;

    private final Issuer issuer = new Issuer();

    @BeforeEach
    void writeTheKeys() throws IOException {
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
    }

    private Tokens tokens(String keys) throws AccessFault {
        return Tokens.of(
                new Access.Tokens(Issuer.URL, Issuer.AUDIENCE, keys, Set.of("ES256", "RS256"), Set.of("at+jwt"), "sub"),
                folder);
    }

    private void refused(String why, String token) throws AccessFault {
        Tokens tokens = tokens("keys.json");
        assertThatThrownBy(() -> tokens.check(token)).as(why).isInstanceOf(Unproven.class);
    }

    private String claiming(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return issuer.token(header -> header, claims);
    }

    private static Date from(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    @Test
    void aTokenThatIsAsItMustBeProvesItsSubject() throws AccessFault {
        assertThat(tokens("keys.json").check(issuer.token("billing-client")).subject())
                .isEqualTo("billing-client");
        assertThat(tokens("keys.json")
                        .check(claiming(claims -> claims.expirationTime(from(-20))))
                        .until())
                .isAfter(Instant.now());
    }

    @Test
    void s2ATokenThatIsNotAsItMustBeProvesNothing() throws AccessFault {
        refused("other issuer", claiming(claims -> claims.issuer("https://id.example.com")));
        refused("other audience", claiming(claims -> claims.audience("another-node")));
        refused("no audience", claiming(claims -> claims.audience((String) null)));
        refused("ended", claiming(claims -> claims.expirationTime(from(-61))));
        refused("no end", claiming(claims -> claims.expirationTime(null)));
        refused("not yet", claiming(claims -> claims.notBeforeTime(from(61))));
        refused("no subject", claiming(claims -> claims.subject(null)));
        refused("subject of another form", claiming(claims -> claims.claim("sub", List.of("billing-client"))));
        refused("an ID token", issuer.token(header -> header.type(JOSEObjectType.JWT), claims -> claims));
        refused("no type", issuer.token(header -> header.type(null), claims -> claims));
        refused("unknown key", issuer.token(header -> header.keyID("other"), claims -> claims));
        refused("rubbish", "a.b.c");
        refused("five parts", "a.b.c.d.e");
        refused("changed", issuer.token("billing-client").replaceFirst("\\.[^.]+\\.", ".e30."));
    }

    @Test
    void s2ATokenBringsNoKeyOfItsOwn() throws AccessFault, JOSEException {
        Issuer other = new Issuer();
        refused("another's key", other.token("billing-client"));
        refused("jwk", other.token(header -> header.jwk(other.key().toPublicJWK()), claims -> claims));
        refused("jwk of ours", issuer.token(header -> header.jwk(issuer.key().toPublicJWK()), claims -> claims));
        refused("jku", issuer.token(header -> header.jwkURL(URI.create("https://example.org/k")), claims -> claims));
        refused(
                "x5u",
                issuer.token(header -> header.x509CertURL(URI.create("https://example.org/c")), claims -> claims));
    }

    @Test
    void s2AnAlgorithmThatIsNotOnTheListProvesNothing() throws Exception {
        refused(
                "none",
                new PlainJWT(new JWTClaimsSet.Builder()
                                .issuer(Issuer.URL)
                                .audience(Issuer.AUDIENCE)
                                .subject("billing-client")
                                .expirationTime(from(60))
                                .build())
                        .serialize());
        String token = issuer.token("billing-client");
        String none = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + token.substring(token.indexOf('.'));
        refused("none with a signature", none);
        refused("none without", none.substring(0, none.lastIndexOf('.') + 1));

        RSAKey key = new RSAKeyGenerator(2048)
                .keyID("rsa")
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        Files.writeString(
                folder.resolve("keys.json"), new com.nimbusds.jose.jwk.JWKSet(List.of(key.toPublicJWK())).toString());
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("rsa")
                        .build(),
                SignedJWT.parse(token).getJWTClaimsSet());
        confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        refused("HS256 by the public key", confused.serialize());
    }

    @Test
    void s3NothingIsTakenWithoutTheIssuersKeys() throws IOException {
        assertThatThrownBy(() -> tokens("nowhere.json")).isInstanceOf(AccessFault.class);
        assertThatThrownBy(() -> tokens("http://127.0.0.1:1/keys")).isInstanceOf(AccessFault.class);
        Files.writeString(folder.resolve("empty.json"), "{\"keys\":[]}");
        assertThatThrownBy(() -> tokens("empty.json")).isInstanceOf(AccessFault.class);
        Files.writeString(folder.resolve("text.json"), "nothing");
        assertThatThrownBy(() -> tokens("text.json")).isInstanceOf(AccessFault.class);
        Files.writeString(
                folder.resolve("private.json"), "{\"keys\":[" + issuer.key().toJSONString() + "]}");
        assertThatThrownBy(() -> tokens("private.json"))
                .isInstanceOf(AccessFault.class)
                .hasMessageContaining("private");
        Files.writeString(
                folder.resolve("secret.json"),
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75\"}]}");
        assertThatThrownBy(() -> tokens("secret.json")).isInstanceOf(AccessFault.class);
    }

    @Test
    void anIssuerThatSignsWithANewKeyIsFollowed() throws AccessFault, IOException {
        Tokens tokens = tokens("keys.json");
        String old = issuer.token("billing-client");
        assertThat(tokens.check(old).subject()).isEqualTo("billing-client");
        issuer.rotate("second");
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());

        assertThat(tokens.check(issuer.token("billing-client")).subject()).isEqualTo("billing-client");
        assertThatThrownBy(() -> tokens.check(old))
                .as("the first key is withdrawn")
                .isInstanceOf(Unproven.class);
    }

    @Test
    void keysAreFetchedFromTheAddressAndFromNoOther() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", call -> {
            fetched.incrementAndGet();
            byte[] keys = issuer.keySet().getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, keys.length);
            call.getResponseBody().write(keys);
            call.close();
        });
        server.createContext("/moved", call -> {
            call.getResponseHeaders().add("Location", "/keys");
            call.sendResponseHeaders(302, -1);
            call.close();
        });
        server.start();
        try {
            String here = "http://127.0.0.1:" + server.getAddress().getPort();
            Tokens tokens = tokens(here + "/keys");
            assertThat(tokens.check(issuer.token("billing-client")).subject()).isEqualTo("billing-client");
            assertThatThrownBy(() -> tokens(here + "/moved")).isInstanceOf(AccessFault.class);
            int before = fetched.get();
            for (int i = 0; i < 50; i++) {
                String unknown = issuer.token(header -> header.keyID("other"), claims -> claims);
                assertThatThrownBy(() -> tokens.check(unknown)).isInstanceOf(Unproven.class);
            }
            assertThat(fetched.get() - before).as("unknown keys make no flood").isLessThan(5);
        } finally {
            server.stop(0);
        }
    }
}
