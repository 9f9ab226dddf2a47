package dev.fairlead.planner;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an access file: how callers of a node prove who they are. */
final class AccessSyntax {
    private static final Set<String> KNOWN = words("tls", "tokens", "callers", "clients", "operator", "limits");
    private static final Set<String> OF_TLS = words("certificate", "key", "callers", "revoked");
    private static final Set<String> OF_TOKENS = words("issuer", "audience", "keys", "algorithms", "types", "claim");
    private static final Set<String> OF_CALLER = words("certificates", "subjects", "keys");
    private static final Set<String> OF_LIMITS = words("rate", "calls", "streams");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** By public keys only: whoever can check a token must not be able to make one. */
    private static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final Set<String> USUAL_ALGORITHMS = Set.of("RS256", "PS256", "ES256");

    private final Section section;
    private final Findings findings;
    private final Map<String, Place> seen = new HashMap<>();

    private AccessSyntax(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
    }

    static Access read(String file, Node root, Findings findings) {
        return new AccessSyntax(Section.of("the access file", Place.startOf(file), root, KNOWN, findings), findings)
                .read();
    }

    private static Set<String> words(String... words) {
        return new LinkedHashSet<>(List.of(words));
    }

    private Access read() {
        Access.Encryption encryption = encryption(section.section("tls", OF_TLS));
        Access.Tokens tokens = tokens(section.section("tokens", OF_TOKENS));
        Map<String, Access.Proofs> proofs = proofs();
        Map<String, Access.Clients> clients = new ClientSyntax(section, this::once).read(tokens);
        refuseWhatProvesNothing(encryption, tokens, proofs, clients);
        return new Access(encryption, tokens, proofs, clients, limits(section.section("limits", OF_LIMITS)));
    }

    private Access.@Nullable Encryption encryption(@Nullable Section tls) {
        if (tls == null) {
            return null;
        }
        String certificate = required(tls, "certificate", "name the file in PEM");
        String key = required(tls, "key", "name the file in PEM, which only the node may read");
        String callers = tls.plainText("callers");
        String revoked = tls.plainText("revoked");
        if (revoked != null && callers == null) {
            tls.missing("callers", "name the authorities whose certificates may be revoked");
        }
        return new Access.Encryption(certificate, key, callers, revoked);
    }

    private static String required(Section from, String key, String remedy) {
        Located text = from.required(key, remedy);
        if (text != null && text.text().isEmpty()) {
            from.findings().error(Rule.BAD_VALUE, text.place(), "`" + key + "` is empty (" + remedy + ")");
        }
        return text == null ? "" : text.text();
    }

    private Access.@Nullable Tokens tokens(@Nullable Section tokens) {
        if (tokens == null) {
            return null;
        }
        String issuer = required(tokens, "issuer", "write what the claim iss must be");
        String audience = required(tokens, "audience", "write what the claim aud must name");
        String keys = required(tokens, "keys", "name the file or https URL of the issuer's key set");
        if (keys.contains("://") && !isSafe(keys)) {
            findings.error(
                    Rule.BAD_VALUE,
                    tokens.placeOf("keys"),
                    "`keys` is no https URL without user and fragment (use https, or a file)");
        }
        return new Access.Tokens(
                issuer,
                audience,
                keys,
                algorithms(tokens),
                texts(tokens.words("types"), Set.of("at+jwt")),
                Objects.requireNonNullElse(tokens.plainText("claim"), "sub"));
    }

    /** Keys that come unencrypted from elsewhere are anybody's. */
    private static boolean isSafe(String text) {
        try {
            URI url = new URI(text);
            boolean isEncrypted = "https".equals(url.getScheme());
            boolean isHere = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            return url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && (isEncrypted || isHere);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Set<String> algorithms(Section tokens) {
        List<Located> named = tokens.words("algorithms");
        named.stream()
                .filter(each -> !ALGORITHMS.contains(each.text()))
                .forEach(each -> tokens.badWord("algorithms", each, ALGORITHMS));
        return texts(named, USUAL_ALGORITHMS);
    }

    private static Set<String> texts(List<Located> words, Set<String> otherwise) {
        Set<String> texts = new LinkedHashSet<>();
        words.forEach(each -> texts.add(each.text()));
        return texts.isEmpty() ? otherwise : texts;
    }

    private Map<String, Access.Proofs> proofs() {
        Map<String, Access.Proofs> proofs = new HashMap<>();
        Section operator = section.section("operator", OF_CALLER);
        if (operator != null) {
            proofs.put(Access.OPERATOR, proofs(operator));
        }
        Section callers = section.names("callers");
        for (Node.Entry entry : callers == null ? List.<Node.Entry>of() : callers.entries()) {
            String name = entry.key().text();
            if (PlanNames.check("a service", new Located(name, entry.key().place()), findings)) {
                proofs.put(
                        name,
                        proofs(Section.of(
                                "caller `" + name + "`", entry.key().place(), entry.value(), OF_CALLER, findings)));
            }
        }
        return proofs;
    }

    private Access.Proofs proofs(Section caller) {
        Set<String> certificates = once("certificates", caller.words("certificates"));
        Set<String> subjects = once("subjects", caller.words("subjects"));
        Set<String> keys = once("keys", hashes(caller));
        if (certificates.isEmpty() && subjects.isEmpty() && !caller.has("keys")) {
            findings.error(
                    Rule.MISSING_KEY,
                    caller.place(),
                    caller.title() + " can prove nothing (give it certificates, subjects or keys, or remove it)");
        }
        return new Access.Proofs(certificates, subjects, keys);
    }

    private static List<Located> hashes(Section caller) {
        Node.Entry entry = caller.entry("keys");
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof Node.Sequence list) || list.elements().isEmpty()) {
            caller.findings()
                    .error(
                            Rule.BAD_VALUE,
                            entry.value().place(),
                            "`keys` is no list with entries (write [ \"HASH\" ])");
            return List.of();
        }
        List<Located> hashes = new ArrayList<>();
        for (Node element : list.elements()) {
            Located hash = KeyHashes.read("`keys` has an entry", element, caller.findings());
            if (hash != null) {
                hashes.add(hash);
            }
        }
        return hashes;
    }

    /** One proof is one caller's. */
    private Set<String> once(String key, List<Located> entries) {
        Set<String> texts = new LinkedHashSet<>();
        for (Located each : entries) {
            Place before = seen.putIfAbsent(key + " " + each.text(), each.place());
            if (before != null) {
                findings.error(
                        Rule.BAD_VALUE,
                        each.place(),
                        "the same entry of `" + key + "` stands at " + before + " (keep one: it proves one caller)");
            }
            if (each.text().isEmpty()) {
                findings.error(Rule.BAD_VALUE, each.place(), "an entry of `" + key + "` is empty (remove it)");
            }
            texts.add(each.text());
        }
        return texts;
    }

    private void refuseWhatProvesNothing(
            Access.@Nullable Encryption encryption,
            Access.@Nullable Tokens tokens,
            Map<String, Access.Proofs> proofs,
            Map<String, Access.Clients> clients) {
        if (proofs.isEmpty() && clients.isEmpty()) {
            section.missing("callers", "without callers nobody can call");
        }
        List<String> faults = new ArrayList<>();
        if ((encryption == null || encryption.callers() == null)
                && proofs.values().stream()
                        .anyMatch(each -> !each.certificates().isEmpty())) {
            faults.add("there are `certificates` of callers and no `tls: { callers: … }` that vouches for them");
        }
        if (tokens == null
                && proofs.values().stream().anyMatch(each -> !each.subjects().isEmpty())) {
            faults.add("there are `subjects` of tokens and no `tokens:` that tells which tokens are taken");
        }
        faults.forEach(each -> findings.error(Rule.MISSING_KEY, section.place(), each + " (add it)"));
    }

    private Access.@Nullable Limits limits(@Nullable Section limits) {
        return limits == null
                ? null
                : new Access.Limits(
                        number(limits.positive("rate", Measure.RATE)),
                        number(limits.positive("calls", Measure.COUNT)),
                        number(limits.positive("streams", Measure.COUNT)));
    }

    private static @Nullable Integer number(@Nullable Quantity quantity) {
        return quantity == null ? null : (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.round(quantity.low())));
    }
}
