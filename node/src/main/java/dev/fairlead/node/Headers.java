package dev.fairlead.node;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The few headers of an answer, each name once; immutable. Every call makes some, so they are an array of names and values. */
final class Headers {
    static final Headers NONE = new Headers();

    private final String[] pairs;

    private Headers(String... pairs) {
        this.pairs = pairs;
    }

    /** These and one more, which takes the place of one of the same name. */
    Headers with(String name, String value) {
        int at = index(name);
        String[] more = Arrays.copyOf(pairs, Math.max(pairs.length, at + 2));
        more[at] = name;
        more[at + 1] = value;
        return new Headers(more);
    }

    @Nullable
    String get(String name) {
        int at = index(name);
        return at == pairs.length ? null : pairs[at + 1];
    }

    /** In the order in which the names came. */
    void forEach(BiConsumer<String, String> action) {
        for (int at = 0; at < pairs.length; at += 2) {
            action.accept(pairs[at], pairs[at + 1]);
        }
    }

    /** Where the name stands, or would. */
    private int index(String name) {
        int at = 0;
        while (at < pairs.length && !pairs[at].equals(name)) {
            at += 2;
        }
        return at;
    }
}
