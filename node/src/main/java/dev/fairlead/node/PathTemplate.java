package dev.fairlead.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A path whose parts in braces stand for any one part, and name it. It is taken to pieces once, not for each call. */
final class PathTemplate {
    private final String text;
    private final List<Part> parts;

    /** @param name null where the text itself is wanted */
    private record Part(String text, @Nullable String name) {}

    PathTemplate(String text) {
        this.text = text;
        this.parts = PathSegments.of(text).stream().map(PathTemplate::part).toList();
    }

    private static Part part(String text) {
        return new Part(text, text.startsWith("{") ? text.substring(1, text.length() - 1) : null);
    }

    /** What stands for the names, when the path is of this template. */
    Optional<Map<String, String>> match(List<String> path) {
        if (!fits(path)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String name = parts.get(i).name();
            if (name != null) {
                parameters.put(name, path.get(i));
            }
        }
        return Optional.of(parameters);
    }

    /** Whether the path is of this template. */
    boolean fits(List<String> path) {
        if (path.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            Part wanted = parts.get(i);
            if (wanted.name() == null && !wanted.text().equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
