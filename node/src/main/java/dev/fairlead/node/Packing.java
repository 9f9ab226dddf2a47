package dev.fairlead.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers and bodies in the content coding {@code gzip} (RFC 9110, section 8.4).
 *
 * <p>An answer is packed when its caller takes that, it is there at once and has more than {@value #SMALLEST} bytes; a stream is not, which
 * would come late. What is packed has an entity tag of its own, which stands for the same version.
 */
final class Packing {
    private static final int SMALLEST = 1024;
    private static final String GZIP = "gzip";
    private static final String MARK = "--gzip\"";
    private static final String TAG = "ETag";
    private static final String VARY = "Vary";
    private static final String ACCEPT = "Accept-Encoding";

    private Packing() {}

    /** What a caller gets that takes these codings. */
    static Reply packed(Reply reply, @Nullable String accepted) {
        byte[] bytes = reply.bytes();
        if (bytes.length <= SMALLEST) {
            return reply;
        }
        Reply varying = reply.with(VARY, joined(reply.headers().get(VARY)));
        if (accepted == null || !takesGzip(accepted)) {
            return varying;
        }
        String tag = reply.headers().get(TAG);
        Reply packed = new Reply(reply.status(), varying.headers(), new Reply.Body.Bytes(gzip(bytes)))
                .with("Content-Encoding", GZIP);
        return tag == null ? packed : packed.with(TAG, tag.substring(0, tag.length() - 1) + MARK);
    }

    private static String joined(@Nullable String vary) {
        return vary == null ? ACCEPT : vary + ", " + ACCEPT;
    }

    /** The entity tags of a condition, as those of what is not packed. */
    static String unmarked(String tags) {
        return tags.replace(MARK, "\"");
    }

    private static boolean takesGzip(String accepted) {
        return Stream.of(accepted.toLowerCase(Locale.ROOT).split(",", -1))
                .map(coding -> coding.replace(" ", "").replace("\t", ""))
                .anyMatch(coding -> coding.equals(GZIP)
                        || (coding.startsWith(GZIP + ";q=") && !coding.matches("gzip;q=0(\\.0{0,3})?")));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory was not written", e);
        }
        return packed.toByteArray();
    }

    /** The body as it is meant; fails with MEDIA_TYPE when it is packed in another way. Whoever reads it sets the limit. */
    static InputStream unpacking(@Nullable String coding, InputStream body) throws IOException {
        String named = coding == null ? "identity" : coding.strip().toLowerCase(Locale.ROOT);
        return switch (named) {
            case "identity" -> body;
            case GZIP, "x-gzip" -> new GZIPInputStream(body);
            default -> throw new Problem(ProblemType.MEDIA_TYPE, "a body is plain, or has Content-Encoding: " + GZIP);
        };
    }
}
