package dev.fairlead.planner;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code clients} of an access file: who calls from outside, and what proves it. */
final class ClientSyntax {
    private static final Set<String> KNOWN = new LinkedHashSet<>(List.of("scope", "keys"));
    private static final Set<String> OF_KEY = new LinkedHashSet<>(List.of("key", "claims"));

    /** One word of a scope, as RFC 6749 allows it. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");

    private final Section file;
    private final Findings findings;
    private final Once once;

    /** Reports what proves two callers. */
    interface Once {
        Set<String> once(String key, List<Located> entries);
    }

    ClientSyntax(Section file, Once once) {
        this.file = file;
        this.findings = file.findings();
        this.once = once;
    }

    Map<String, Access.Clients> read(Access.@Nullable Tokens tokens) {
        Map<String, Access.Clients> clients = new HashMap<>();
        Section written = file.names("clients");
        for (Node.Entry entry : written == null ? List.<Node.Entry>of() : written.entries()) {
            Located name = new Located(entry.key().text(), entry.key().place());
            if (PlanNames.check("outside clients", name, findings)) {
                Section section =
                        Section.of("clients `" + name.text() + "`", name.place(), entry.value(), KNOWN, findings);
                clients.put(name.text(), clients(section, tokens));
            }
        }
        return clients;
    }

    private Access.Clients clients(Section section, Access.@Nullable Tokens tokens) {
        Located scope = section.text("scope");
        if (scope != null) {
            once.once("scope", List.of(scope));
            if (!SCOPE.matcher(scope.text()).matches()) {
                findings.error(
                        Rule.BAD_VALUE,
                        scope.place(),
                        "`scope` is no scope (write one word, as the issuer gives it out)");
            }
            if (tokens == null) {
                findings.error(
                        Rule.MISSING_KEY,
                        scope.place(),
                        "there is a `scope` of tokens and no `tokens:` that tells which tokens are taken (add it)");
            }
        }
        Map<String, Access.ClientKey> keys = new HashMap<>();
        Section written = section.names("keys");
        for (Node.Entry entry : written == null ? List.<Node.Entry>of() : written.entries()) {
            Access.ClientKey key = key(entry);
            if (key != null) {
                keys.put(entry.key().text(), key);
            }
        }
        if (!section.has("scope") && keys.isEmpty() && !section.has("keys")) {
            findings.error(
                    Rule.MISSING_KEY,
                    section.place(),
                    section.title() + " can prove nothing (give them a `scope` or `keys`, or remove them)");
        }
        return new Access.Clients(scope == null ? null : scope.text(), keys);
    }

    private Access.@Nullable ClientKey key(Node.Entry entry) {
        Located name = new Located(entry.key().text(), entry.key().place());
        if (!PlanNames.check("a client", name, findings)) {
            return null;
        }
        Section section = Section.of("client `" + name.text() + "`", name.place(), entry.value(), OF_KEY, findings);
        Node.Entry written = section.entry("key");
        if (written == null) {
            section.missing("key", "write the SHA-256 of its key");
            return null;
        }
        Located hash = KeyHashes.read("`key` has a value", written.value(), findings);
        if (hash == null) {
            return null;
        }
        once.once("keys", List.of(hash));
        return new Access.ClientKey(hash.text(), claims(section));
    }

    private static Map<String, String> claims(Section section) {
        Section written = section.names("claims");
        Map<String, String> claims = new HashMap<>();
        if (written == null) {
            return claims;
        }
        for (Node.Entry entry : written.entries()) {
            Located value = written.text(entry.key().text());
            if (value != null && value.text().isEmpty()) {
                section.findings()
                        .error(Rule.BAD_VALUE, value.place(), "a claim is empty (write what it says, or remove it)");
            } else if (value != null) {
                claims.put(entry.key().text(), value.text());
            }
        }
        return claims;
    }
}
