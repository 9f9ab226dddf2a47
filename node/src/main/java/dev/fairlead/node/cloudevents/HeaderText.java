package dev.fairlead.node.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * Attributes of CloudEvents as the values of HTTP headers: characters that headers do not carry are percent-encoded. Source:
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values">CloudEvents
 * HTTP binding 1.0.2, 3.1.3.2</a>.
 */
public final class HeaderText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private HeaderText() {}

    /** The text as a header's value. */
    public static String encoded(String text) {
        StringBuilder value = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            char character = (char) (each & 0xFF);
            if (character > ' ' && character < 0x7F && character != '"' && character != '%') {
                value.append(character);
            } else {
                value.append('%').append(HEX.toHexDigits(each));
            }
        }
        return value.toString();
    }

    /** The text that a header's value stands for; fails with an IllegalArgumentException when it stands for none. */
    public static String decoded(String value) {
        String plain = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < plain.length(); at++) {
            char each = plain.charAt(at);
            if (each == '%') {
                if (at + 3 > plain.length()) {
                    throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
                }
                bytes.write(HexFormat.fromHexDigits(plain, at + 1, at + 3));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(each).getBytes(UTF_8));
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is no UTF-8", e);
        }
    }
}
