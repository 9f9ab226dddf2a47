package dev.fairlead.node.identity;

import dev.fairlead.planner.Access;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Which certificate, subject or key is whose, at one moment. Immutable. */
final class Roll {
    private static final int SHORTEST_KEY = 32;
    private static final int LONGEST_KEY = 256;
    private static final int URI_NAME = 6;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\\"+]|\\\\.)+)");

    private final Map<String, String> certificates = new HashMap<>();
    private final Map<String, String> subjects = new HashMap<>();
    private final List<KeyHash> keys = new ArrayList<>();
    private final List<X509CRL> revocations;

    private record KeyHash(byte[] hash, String caller) {}

    Roll(Map<String, Access.Proofs> proofs, List<X509CRL> revocations) {
        this.revocations = List.copyOf(revocations);
        proofs.forEach((caller, proof) -> {
            proof.certificates().forEach(name -> certificates.put(name, caller));
            proof.subjects().forEach(subject -> subjects.put(subject, caller));
            proof.keys().forEach(hash -> keys.add(new KeyHash(HexFormat.of().parseHex(hash), caller)));
        });
    }

    Optional<Identity> ofSubject(String subject, Instant until) {
        return Optional.ofNullable(subjects.get(subject))
                .map(caller -> new Identity(caller, until, new Identity.Proof.Token(subject)));
    }

    /** A key that is short could be guessed, whatever its hash; all hashes are compared, and each whole, so that time tells nothing. */
    Optional<Identity> ofKey(String key) {
        if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        return ofHash(sha256(key));
    }

    private Optional<Identity> ofHash(byte[] hash) {
        String found = null;
        for (KeyHash each : keys) {
            if (MessageDigest.isEqual(each.hash, hash)) {
                found = each.caller;
            }
        }
        return Optional.ofNullable(found)
                .map(caller -> new Identity(
                        caller,
                        Instant.MAX,
                        new Identity.Proof.Key(HexFormat.of().formatHex(hash))));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** By a URI among its alternative names, or where it has no such names, by its common name, which is then no URI; one that names two callers names none. */
    Optional<Identity> ofCertificate(X509Certificate certificate) {
        if (revocations.stream().anyMatch(list -> list.isRevoked(certificate))) {
            return Optional.empty();
        }
        List<String> callers = names(certificate).stream()
                .filter(certificates::containsKey)
                .map(certificates::get)
                .distinct()
                .toList();
        return callers.size() == 1
                ? Optional.of(new Identity(
                        callers.getFirst(),
                        certificate.getNotAfter().toInstant(),
                        new Identity.Proof.Certified(certificate)))
                : Optional.empty();
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                return alternatives.stream()
                        .filter(name -> name.get(0) instanceof Integer kind && kind == URI_NAME)
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        Matcher name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
        List<String> found = new ArrayList<>();
        while (name.find()) {
            found.add(name.group(1));
        }
        return found.size() == 1 && !found.getFirst().contains(":") ? found : List.of();
    }

    /** Whether what proved it still does. */
    boolean holds(Identity identity, Instant now) {
        Optional<Identity> again = switch (identity.proof()) {
            case Identity.Proof.Certified(X509Certificate certificate) -> ofCertificate(certificate);
            case Identity.Proof.Token(String subject) -> ofSubject(subject, identity.until());
            case Identity.Proof.Key(String hash) -> ofHash(HexFormat.of().parseHex(hash));
        };
        return now.isBefore(identity.until())
                && again.filter(same -> same.caller().equals(identity.caller())).isPresent();
    }
}
