package dev.fairlead.node.description;

import java.nio.charset.StandardCharsets;

/**
 * What one caller is told of a node, in three forms of the same.
 *
 * @param openApi OpenAPI 3.1 of all that the caller may do
 * @param asyncApi AsyncAPI 3.0 of the streams that it may follow, and of the events that it may append
 * @param page both for people: one page of HTML that needs nothing else
 */
public record Documents(byte[] openApi, byte[] asyncApi, byte[] page) {
    static Documents of(String openApi, String asyncApi, String page) {
        return new Documents(bytes(openApi), bytes(asyncApi), bytes(page));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
