package dev.fairlead.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Gives out signed tokens in a test. */
public final class Issuer {
    /** What a node is told that tokens must say. */
    public static final String URL = "https://id.example.org";

    public static final String AUDIENCE = "shop-node";

    private ECKey key;

    public Issuer() {
        key = made("first");
    }

    private static ECKey made(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(id)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with another key from now on. */
    public void rotate(String id) {
        key = made(id);
    }

    ECKey key() {
        return key;
    }

    /** What others check its tokens by. */
    public String keySet() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** A token for this subject, as it should be. */
    public String token(String subject) {
        return token(subject, Instant.now().plusSeconds(300));
    }

    public String token(String subject, Instant until) {
        return token(header -> header, claims -> claims.subject(subject).expirationTime(Date.from(until)));
    }

    /** A token with a scope. */
    public String token(String subject, String scope, Instant until) {
        return token(
                header -> header,
                claims -> claims.subject(subject).claim("scope", scope).expirationTime(Date.from(until)));
    }

    String token(UnaryOperator<JWSHeader.Builder> header, UnaryOperator<JWTClaimsSet.Builder> claims) {
        JWSHeader.Builder usual = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID());
        JWTClaimsSet.Builder said = new JWTClaimsSet.Builder()
                .issuer(URL)
                .audience(AUDIENCE)
                .subject("billing-client")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        SignedJWT token =
                new SignedJWT(header.apply(usual).build(), claims.apply(said).build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
