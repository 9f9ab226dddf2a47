package dev.fairlead.planner;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hashes of keys in an access file. */
final class KeyHashes {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private KeyHashes() {}

    /** The hash, or null when it is none; what stands there by mistake may be a key itself, so that no finding quotes it. */
    static @Nullable Located read(String what, Node written, Findings findings) {
        if (written instanceof Node.Scalar hash && HASH.matcher(hash.text()).matches()) {
            return new Located(hash.text(), hash.place());
        }
        findings.error(
                Rule.BAD_VALUE,
                written.place(),
                what + " that is no SHA-256 (write 64 small hexadecimal digits, as `printf %s KEY | sha256sum` prints"
                        + " them, and never the key)");
        return null;
    }
}
