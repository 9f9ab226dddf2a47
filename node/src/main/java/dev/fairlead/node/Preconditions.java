package dev.fairlead.node;

import dev.fairlead.api.Expected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entity tags, which are versions, and the conditions that callers set with them (RFC 9110, section 13). */
final class Preconditions {
    private static final int DIGEST_BYTES = 12;
    private static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e]*)\"");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private Preconditions() {}

    /** The tag of a version of which the caller sees these fields; those who see others have another tag. */
    static String tag(long version, Grant grant) {
        String seen = grant.fields()
                .map(fields -> "-" + Integer.toHexString(fields.hashCode()))
                .orElse("");
        return "\"" + version + seen + "\"";
    }

    /**
     * The tag of what a caller is answered. Of a view it is made of what is shown, so that a change of what is not shown is none, and differs from
     * all others.
     */
    static String tag(Answered value, Grant grant) {
        return grant.outlook()
                .map(outlook -> digest(outlook.clients(), value.content()))
                .orElseGet(() -> tag(value.mark().version(), grant));
    }

    private static String digest(String view, byte[] content) {
        byte[] named = (view + ' ').getBytes(StandardCharsets.UTF_8);
        byte[] whole = ByteBuffer.allocate(named.length + content.length)
                .put(named)
                .put(content)
                .array();
        return "\"v" + HexFormat.of().formatHex(RequestKey.digest(whole), 0, DIGEST_BYTES) + "\"";
    }

    /** Whether If-None-Match says that the caller has this tag already. */
    static boolean isKnown(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.equals(ANY)
                        || tags(Packing.unmarked(ifNoneMatch)).stream()
                                .anyMatch(each -> each.replaceFirst("^W/", "").equals(tag)));
    }

    /** What a write demands; null when nothing. {@code current} is the version of the key's value, for {@code If-Match: *}. */
    static @Nullable Expected ofWrite(Exchange exchange, LongSupplier current) {
        String match = exchange.list("If-Match");
        String noneMatch = exchange.list("If-None-Match");
        if (match != null && noneMatch != null) {
            throw malformed("say If-Match or If-None-Match, not both");
        }
        if (noneMatch != null) {
            if (!noneMatch.equals(ANY)) {
                throw malformed("a write takes If-None-Match: * only, which means that the key has no value");
            }
            return Expected.none();
        }
        if (match == null) {
            return null;
        }
        return match.equals(ANY) ? existing(current.getAsLong()) : one(match);
    }

    /** What an append demands of the key's newest event; null when nothing. */
    static @Nullable Expected ofAppend(Exchange exchange) {
        String match = exchange.list("If-Match");
        if (ANY.equals(match)) {
            throw malformed("name the version of the key's newest event in If-Match");
        }
        return ofWrite(exchange, () -> 0);
    }

    private static Expected existing(long version) {
        if (version == 0) {
            throw new Problem(ProblemType.VERSION_CONFLICT, "the key has no value");
        }
        return Expected.version(version);
    }

    /** A weak tag, or one that we never gave, matches nothing. */
    private static Expected one(String match) {
        List<String> tags = tags(Packing.unmarked(match));
        String text = tags.size() == 1 ? tags.getFirst() : "";
        String version = text.startsWith("\"") ? text.substring(1, text.length() - 1) : "";
        if (tags.size() > 1) {
            throw malformed("name one version in If-Match");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new Problem(ProblemType.VERSION_CONFLICT, "If-Match names no version of this key");
        }
        return Expected.version(Long.parseLong(version));
    }

    private static List<String> tags(String header) {
        List<String> tags = new ArrayList<>();
        for (String each : header.split(",", -1)) {
            Matcher tag = TAG.matcher(each.strip());
            if (!tag.matches()) {
                throw malformed("an entity tag is text in quotes, such as \"3\"");
            }
            tags.add(tag.group());
        }
        return tags;
    }

    private static Problem malformed(String what) {
        return new Problem(ProblemType.BAD_REQUEST, what);
    }
}
