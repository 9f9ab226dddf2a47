package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** The words of one command, in order. */
final class Words {
    private final List<byte[]> words = new ArrayList<>();

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    Words add(String word) {
        words.add(of(word));
        return this;
    }

    Words add(long number) {
        return add(Long.toString(number));
    }

    Words add(byte[] word) {
        words.add(word);
        return this;
    }

    Words addAll(Words others) {
        words.addAll(others.words);
        return this;
    }

    byte[][] all() {
        return words.toArray(byte[][]::new);
    }
}
