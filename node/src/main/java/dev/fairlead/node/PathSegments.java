package dev.fairlead.node;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The parts of a URL, percent-encoded: those of its path between slashes as they were sent; a key may hold any character, slashes and dots too, when it is encoded. */
final class PathSegments {
    private PathSegments() {}

    /** The decoded parts; fails with BAD_REQUEST for what is no UTF-8, or holds a control character. */
    static List<String> of(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            segments.add(decoded(part));
        }
        return segments;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** One part, decoded; fails as {@link #of} does. */
    static String decoded(String part) {
        return isPlain(part) ? part : translated(part);
    }

    /** Whether it stands for itself, as most do. */
    private static boolean isPlain(String part) {
        for (int at = 0; at < part.length(); at++) {
            char each = part.charAt(at);
            if (each == '%' || each < ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    private static String translated(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int at = 0; at < part.length(); at++) {
            char each = part.charAt(at);
            if (each == '%') {
                bytes.write(octet(part, at + 1));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(each).getBytes(StandardCharsets.UTF_8));
            }
        }
        return checked(bytes.toByteArray());
    }

    private static int octet(String part, int at) {
        if (at + 2 > part.length()
                || !HexFormat.isHexDigit(part.charAt(at))
                || !HexFormat.isHexDigit(part.charAt(at + 1))) {
            throw new Problem(ProblemType.BAD_REQUEST, "a % in the URL is not followed by two hexadecimal digits");
        }
        return HexFormat.fromHexDigits(part, at, at + 2);
    }

    private static String checked(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new Problem(ProblemType.BAD_REQUEST, "the URL holds a control character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Problem(ProblemType.BAD_REQUEST, "the URL is no UTF-8", e);
        }
    }
}
