package dev.fairlead.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.fairlead.planner.Access;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks signed tokens: the algorithm against a list, the signature by the issuer's keys, then type, issuer, audience and times.
 *
 * <p>Keys that a token names or brings itself are never looked at; one that has such a header is refused. A key that is not known is fetched, at
 * most once in a while; keys are forgotten after {@link #KEYS_LIVE}, so that one that the issuer withdraws proves nothing from then on.
 */
final class Tokens {
    /** How much the clocks of issuer and node may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
    private static final Duration KEYS_LIVE = Duration.ofSeconds(30);
    private static final Duration FETCH = Duration.ofSeconds(5);
    private static final Set<String> NAMED_KEYS = Set.of("jku", "jwk", "x5u", "x5c", "crit");

    private final Access.Tokens settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JWKSource<SecurityContext> keys;

    private Tokens(Access.Tokens settings, JWKSource<SecurityContext> keys) {
        this.settings = settings;
        this.keys = keys;
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                settings.types().stream().map(JOSEObjectType::new).toArray(JOSEObjectType[]::new)));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", settings.claim()));
        claims.setMaxClockSkew((int) SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Fails with an {@link AccessFault} when the keys cannot be had, or none of them can check a signature. */
    static Tokens of(Access.Tokens settings, Path folder) throws AccessFault {
        try {
            boolean isUrl = settings.keys().contains("://");
            URL url = (isUrl
                            ? URI.create(settings.keys())
                            : folder.resolve(settings.keys()).toUri())
                    .toURL();
            ResourceRetriever retriever = isUrl ? new RemoteKeys(FETCH) : new LocalKeys();
            Tokens tokens = new Tokens(
                    settings,
                    JWKSourceBuilder.<SecurityContext>create(url, retriever)
                            .retrying(false)
                            .refreshAheadCache(false)
                            .cache(KEYS_LIVE.toMillis(), FETCH.toMillis())
                            .rateLimited(FETCH.toMillis())
                            .build());
            tokens.refuseUnlessThereAreKeys();
            return tokens;
        } catch (MalformedURLException e) {
            throw new AccessFault("the key set of `tokens` has no address that can be read", e);
        }
    }

    private void refuseUnlessThereAreKeys() throws AccessFault {
        try {
            List<JWK> found = keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
            if (found.stream().allMatch(key -> key.toPublicJWK() == null)) {
                throw new AccessFault("the key set of `tokens` holds no public key", null);
            }
            if (found.stream().anyMatch(key -> key.toPublicJWK() != null && key.isPrivate())) {
                throw new AccessFault(
                        "the key set of `tokens` holds a private key (let it hold public ones only)", null);
            }
        } catch (KeySourceException e) {
            throw new AccessFault("the key set of `tokens` cannot be had (" + settings.keys() + ")", e);
        }
    }

    /**
     * What a token says.
     *
     * @param until when it ends
     * @param claims the issuer's that have one value: a text, a whole number or a truth value
     */
    record Checked(String subject, Instant until, Set<String> scopes, Map<String, String> claims) {
        Checked {
            scopes = Set.copyOf(scopes);
            claims = Map.copyOf(claims);
        }
    }

    /** What the token proves; fails with {@link Unproven}. May wait for the issuer's keys, at most 5 s. */
    Checked check(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            if (header.getIncludedParams().stream().anyMatch(NAMED_KEYS::contains)) {
                throw new Unproven("the token brings or names a key of its own");
            }
            JWTClaimsSet claims = processor.process(token, null);
            String subject = claims.getStringClaim(settings.claim());
            if (subject == null || subject.isEmpty()) {
                throw new Unproven("the token has no subject");
            }
            return new Checked(
                    subject, claims.getExpirationTime().toInstant().plus(SKEW), scopes(claims), single(claims));
        } catch (KeySourceException e) {
            LOG.log(System.Logger.Level.WARNING, "the issuer's keys cannot be had; its tokens prove nothing", e);
            throw new Unproven("the issuer's keys cannot be had");
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw new Unproven("the token does not hold");
        }
    }

    private static Set<String> scopes(JWTClaimsSet claims) {
        Object scope = claims.getClaim("scope");
        return scope instanceof String words && !words.isBlank()
                ? Arrays.stream(words.strip().split(" +")).collect(Collectors.toSet())
                : Set.of();
    }

    private static Map<String, String> single(JWTClaimsSet claims) {
        Map<String, String> single = new HashMap<>();
        claims.getClaims().forEach((name, value) -> {
            boolean isOne = value instanceof String
                    || value instanceof Long
                    || value instanceof Integer
                    || value instanceof Boolean;
            if (isOne && !String.valueOf(value).isEmpty()) {
                single.put(name, String.valueOf(value));
            }
        });
        return single;
    }
}
