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
    private static final int PSEUDONYM_BYTES = 8;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\\"+]|\\\\.)+)");

    private final Map<String, String> certificates = new HashMap<>();
    private final Map<String, String> subjects = new HashMap<>();
    private final List<KeyHash> keys = new ArrayList<>();
    private final Map<String, String> scopes = new HashMap<>();
    private final List<X509CRL> revocations;

    private record KeyHash(byte[] hash, Identity.Party party) {}

    Roll(Map<String, Access.Proofs> proofs, Map<String, Access.Clients> clients, List<X509CRL> revocations) {
        this.revocations = List.copyOf(revocations);
        proofs.forEach((caller, proof) -> {
            proof.certificates().forEach(name -> certificates.put(name, caller));
            proof.subjects().forEach(subject -> subjects.put(subject, caller));
            proof.keys().forEach(hash -> keys.add(keyHash(hash, new Identity.Party.Insider(caller))));
        });
        clients.forEach((name, said) -> {
            if (said.scope() != null) {
                scopes.put(said.scope(), name);
            }
            said.keys()
                    .forEach((id, key) ->
                            keys.add(keyHash(key.hash(), new Identity.Party.Client(name, id, key.claims()))));
        });
    }

    private static KeyHash keyHash(String hash, Identity.Party party) {
        return new KeyHash(HexFormat.of().parseHex(hash), party);
    }

    /** A service by the subject, or else an outside client by the scope; one whose scopes are those of several names none. */
    Optional<Identity> ofToken(Tokens.Checked token) {
        String service = subjects.get(token.subject());
        if (service != null) {
            return Optional.of(
                    new Identity(new Identity.Party.Insider(service), token.until(), new Identity.Proof.Token(token)));
        }
        List<String> clients = token.scopes().stream()
                .filter(scopes::containsKey)
                .map(scopes::get)
                .distinct()
                .toList();
        return clients.size() == 1
                ? Optional.of(new Identity(
                        new Identity.Party.Client(clients.getFirst(), pseudonym(token.subject()), token.claims()),
                        token.until(),
                        new Identity.Proof.Token(token)))
                : Optional.empty();
    }

    /** Tells one client from another, in logs too, without saying who it is. */
    private static String pseudonym(String subject) {
        return HexFormat.of().formatHex(sha256(subject), 0, PSEUDONYM_BYTES);
    }

    /** A key that is short could be guessed, whatever its hash; all hashes are compared, and each whole, so that time tells nothing. */
    Optional<Identity> ofKey(String key) {
        if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY) {
            return Optional.empty();
        }
        return ofHash(sha256(key));
    }

    Optional<Identity> ofHash(byte[] hash) {
        Identity.Party found = null;
        for (KeyHash each : keys) {
            if (MessageDigest.isEqual(each.hash, hash)) {
                found = each.party;
            }
        }
        return Optional.ofNullable(found)
                .map(party -> new Identity(
                        party,
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
                        new Identity.Party.Insider(callers.getFirst()),
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
            case Identity.Proof.Token(Tokens.Checked token) -> ofToken(token);
            case Identity.Proof.Key(String hash) -> ofHash(HexFormat.of().parseHex(hash));
        };
        return now.isBefore(identity.until())
                && again.filter(same -> same.party().equals(identity.party())).isPresent();
    }
}
