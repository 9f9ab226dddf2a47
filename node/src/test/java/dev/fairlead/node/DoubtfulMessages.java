package dev.fairlead.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages of whose end two readers may think differently (request smuggling): headers from the second on, and the body. The forms are those of RFC 9112, section 11.2,
 * and of what servers and proxies were found to take.
 */
final class DoubtfulMessages {
    private static final String END = "\r\n\r\n";
    private static final String CHUNKS = "0" + END;
    private static final String LENGTH = "Content-Length: 2\r\n";

    private DoubtfulMessages() {}

    static Stream<String> all() {
        return Stream.of(both(), lengths(), codings(), chunks(), lines()).flatMap(List::stream);
    }

    /** A length and a coding, in either order. */
    private static List<String> both() {
        List<String> messages = new ArrayList<>();
        for (String coding : List.of(
                "Transfer-Encoding: chunked",
                "transfer-encoding: CHUNKED",
                "Transfer-Encoding:chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding: chunked ",
                "Transfer-Encoding: chunked\t",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunk",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "X: y\r\n Transfer-Encoding: chunked")) {
            messages.add(LENGTH + coding + END + CHUNKS);
            messages.add(coding + "\r\n" + LENGTH + "\r\n" + CHUNKS);
        }
        return messages;
    }

    private static List<String> lengths() {
        return Stream.of(
                        "2\r\nContent-Length: 3",
                        "3\r\nContent-Length: 2",
                        "+2",
                        "-2",
                        "0x2",
                        "2,2",
                        "2, 3",
                        "2 2",
                        "2;",
                        "2.0",
                        "2\u000b",
                        "\u0662",
                        "99999999999999999999")
                .map(length -> "Content-Length: " + length + END + "{}")
                .toList();
    }

    private static List<String> codings() {
        return Stream.of(
                        "chunked\r\nTransfer-Encoding: identity",
                        "identity\r\nTransfer-Encoding: xchunked",
                        "xchunked",
                        "chunked, identity",
                        "chunked\0",
                        "chunked, gzip",
                        "\"chunked\"")
                .map(coding -> "Transfer-Encoding: " + coding + END + CHUNKS)
                .toList();
    }

    private static List<String> chunks() {
        return Stream.of(
                        "-1\r\n{}\r\n",
                        "+2\r\n{}\r\n",
                        "0x2\r\n{}\r\n",
                        "ffffffffff\r\n{}\r\n",
                        "2\n{}\r\n",
                        "2\r{}\r\n",
                        "2\r\n{}X\r\n",
                        "2\r\n{}\n",
                        "2;a=\"\r\n{}\r\n",
                        "g\r\n{}\r\n",
                        "\r\n")
                .map(chunk -> "Transfer-Encoding: chunked" + END + chunk + CHUNKS)
                .toList();
    }

    private static List<String> lines() {
        return List.of(
                "X:\0y\r\nContent-Length: 2" + END + "{}",
                " folded: x\r\nContent-Length: 2" + END + "{}",
                "X: y\r\n folded\r\nContent-Length: 2" + END + "{}",
                "No colon\r\nContent-Length: 2" + END + "{}",
                "Content-Length : 2" + END + "{}",
                "X: y\rContent-Length: 2" + END + "{}",
                "Content-Length: 2\n\n{}",
                ": y\r\nContent-Length: 2" + END + "{}");
    }
}
