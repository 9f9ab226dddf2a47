package dev.fairlead.node.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * Who somebody has proved to be, and by what.
 *
 * @param caller a service's name, or {@link dev.fairlead.planner.Access#OPERATOR}
 * @param until when the proof ends by itself; {@link Instant#MAX} when it does not
 */
public record Identity(String caller, Instant until, Proof proof) {
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
        record Token(String subject) implements Proof {}

        /** A key; only its hash is kept. */
        record Key(String hash) implements Proof {
            @Override
            public String toString() {
                return "key";
            }
        }
    }
}
