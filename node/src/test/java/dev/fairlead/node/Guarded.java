package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.identity.Authority;
import dev.fairlead.node.identity.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;

/** An access file of the landscape of {@link NodePlan}: everybody has a key, billing tokens too, and with TLS profile and shipping a certificate. */
final class Guarded {
    static final String BILLING_CLIENT = "billing-client";

    private final Path folder;
    private final Issuer issuer = new Issuer();

    private Guarded(Path folder) {
        this.folder = folder;
    }

    static Guarded in(Path folder) {
        Guarded guarded = new Guarded(folder);
        guarded.write("keys.json", guarded.issuer.keySet());
        guarded.say("");
        return guarded;
    }

    /** What the audit log of the node in this folder holds. */
    static String audit(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("data/audit"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what everybody has, and lines for the top of the file, in one step. */
    void say(String lines) {
        write(
                "access.yaml",
                lines
                        + """
                tokens: { issuer: "%s", audience: %s, keys: keys.json }
                operator: { keys: [ %s ] }
                callers:
                  profile:
                    keys: [ %s ]
                  billing:
                    keys: [ %s ]
                    subjects: [ %s ]
                  shipping:
                    keys: [ %s ]
                """.formatted(
                                        Issuer.URL,
                                        Issuer.AUDIENCE,
                                        hash(key("operator")),
                                        hash(key("profile")),
                                        hash(key("billing")),
                                        BILLING_CLIENT,
                                        hash(key("shipping"))));
    }

    /** Lets certificates prove who profile and shipping are. */
    Authority certificates() {
        Authority authority = new Authority(folder, "authority");
        authority.certifyServer("node");
        Instant inAYear = Instant.now().plus(Duration.ofDays(365));
        authority.certify("the-profile", "spiffe://shop/profile", inAYear);
        authority.certify("shipping-host", "", inAYear);
        authority.revoke();
        say("tls: { certificate: node.pem, key: node.key, callers: authority.pem, revoked: authority.crl }\n");
        replace("  profile:\n", "  profile:\n    certificates: [ \"spiffe://shop/profile\" ]\n");
        replace("  shipping:\n", "  shipping:\n    certificates: [ shipping-host ]\n");
        return authority;
    }

    Path file() {
        return folder.resolve("access.yaml");
    }

    Issuer issuer() {
        return issuer;
    }

    /** Changes the access file, in one step. */
    void replace(String text, String other) {
        try {
            String before = Files.readString(file());
            assertThat(before).contains(text);
            write("access.yaml", before.replace(text, other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Path written = Files.writeString(folder.resolve(name + ".new"), text);
            Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The caller's key, which must be found nowhere. */
    static String key(String caller) {
        return "canary-key-of-" + caller + "-8d1f0b5c62a94e37";
    }

    static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Headers that show the key. */
    static String[] byKey(String caller) {
        return bearer(key(caller));
    }

    static String[] bearer(String shown) {
        return new String[] {"Authorization", "Bearer " + shown};
    }
}
