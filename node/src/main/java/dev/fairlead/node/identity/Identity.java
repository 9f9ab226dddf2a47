package dev.fairlead.node.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;

/**
 * Who somebody has proved to be, and by what.
 *
 * @param until when the proof ends by itself; {@link Instant#MAX} when it does not
 */
public record Identity(Party party, Instant until, Proof proof) {
    /** Who somebody is. */
    public sealed interface Party {
        /** One that the plan knows: a service's name, or {@link dev.fairlead.planner.Access#OPERATOR}. */
        record Insider(String name) implements Party {}

        /**
         * An outside client.
         *
         * @param clients the name that views of the plan have for clients of its sort
         * @param id what tells it apart from others of them
         * @param claims what is vouched for it
         */
        record Client(String clients, String id, Map<String, String> claims) implements Party {
            public Client {
                claims = Map.copyOf(claims);
            }

            @Override
            public String toString() {
                return clients + " client"; // claims may be about a person
            }
        }
    }

    /** What proved it. */
    public sealed interface Proof {
        /** The certificate of an encrypted connection. */
        record Certified(X509Certificate certificate) implements Proof {
            @Override
            public String toString() {
                return "certificate";
            }
        }

        /** A signed token. */
        record Token(Tokens.Checked token) implements Proof {
            @Override
            public String toString() {
                return "token";
            }
        }

        /** A key; only its hash is kept. */
        record Key(String hash) implements Proof {
            @Override
            public String toString() {
                return "key";
            }
        }
    }
}
