package dev.fairlead.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that can be done at a URL.
 *
 * @param method of HTTP, in capitals
 * @param template the path; a part in braces stands for any one part, and is its parameter's name
 * @param summary what it does, for the list of routes
 */
record Route(String method, String template, String summary, Work work) {

    /** What is done for a call. */
    @FunctionalInterface
    interface Work {
        Reply reply(Exchange exchange);
    }

    /** The parameters, when the path is of this template. */
    Optional<Map<String, String>> match(List<String> path) {
        List<String> wanted = PathSegments.of(template);
        if (wanted.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String part = wanted.get(i);
            if (part.startsWith("{")) {
                parameters.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
