package dev.fairlead.planner;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a node, and how they prove who they are: what an access file says. It holds no secret, only hashes of keys; paths are as
 * written, relative to the file's folder.
 *
 * @param encryption null when connections are not encrypted
 * @param tokens null when no tokens are taken
 * @param proofs by the name of a service; that of the node's operator by {@link #OPERATOR}
 * @param clients who calls from outside, by the name that views of the plan have for them
 * @param limits for each caller, and for each single client
 */
public record Access(
        @Nullable Encryption encryption,
        @Nullable Tokens tokens,
        Map<String, Proofs> proofs,
        Map<String, Clients> clients,
        @Nullable Limits limits) {
    /** What stands for the node's operator, and is no name of a service. */
    public static final String OPERATOR = "(operator)";

    public Access {
        proofs = Map.copyOf(proofs);
        clients = Map.copyOf(clients);
    }

    /**
     * How connections are encrypted; all are files in PEM.
     *
     * @param certificate the node's, and those up to its authority
     * @param key of the certificate
     * @param callers the authorities whose certificates prove who calls; null when certificates prove nothing
     * @param revoked lists of revoked certificates of these authorities; null when there are none
     */
    public record Encryption(
            String certificate,
            String key,
            @Nullable String callers,
            @Nullable String revoked) {}

    /**
     * Which signed tokens (JWT, as OAuth 2.0 gives them out) are taken.
     *
     * @param keys the issuer's, as a file or an https URL of a JSON Web Key Set
     * @param algorithms by which they may be signed
     * @param types that their header may name
     * @param claim that holds the subject
     */
    public record Tokens(
            String issuer, String audience, String keys, Set<String> algorithms, Set<String> types, String claim) {
        public Tokens {
            algorithms = Set.copyOf(algorithms);
            types = Set.copyOf(types);
        }
    }

    /**
     * What proves that somebody is this caller; any one of it does.
     *
     * @param certificates URIs among the alternative names of certificates, or common names
     * @param subjects of tokens
     * @param keys SHA-256 of keys, in small hexadecimal digits
     */
    public record Proofs(Set<String> certificates, Set<String> subjects, Set<String> keys) {
        public Proofs {
            certificates = Set.copyOf(certificates);
            subjects = Set.copyOf(subjects);
            keys = Set.copyOf(keys);
        }
    }

    /**
     * What proves that somebody is one of these outside clients.
     *
     * @param scope which a token has; whose it is its subject tells. Null when tokens are none of theirs
     * @param keys by the client's name
     */
    public record Clients(@Nullable String scope, Map<String, ClientKey> keys) {
        public Clients {
            keys = Map.copyOf(keys);
        }
    }

    /**
     * What proves that somebody is one client.
     *
     * @param hash SHA-256 of its key, in small hexadecimal digits
     * @param claims what is vouched for the client, as a token would say
     */
    public record ClientKey(String hash, Map<String, String> claims) {
        public ClientKey {
            claims = Map.copyOf(claims);
        }
    }

    /**
     * What each caller may take of the node.
     *
     * @param rate calls in a second, in the long run
     * @param calls at once
     * @param streams open at once
     */
    public record Limits(
            @Nullable Integer rate,
            @Nullable Integer calls,
            @Nullable Integer streams) {}
}
