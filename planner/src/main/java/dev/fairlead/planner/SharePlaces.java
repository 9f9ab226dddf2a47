package dev.fairlead.planner;

import java.util.HashMap;
import java.util.Map;

/** Notes where the parts of a share stand, so that a finding about one can point at it. */
final class SharePlaces {
    private final Map<String, Place> places = new HashMap<>();

    private SharePlaces() {}

    static Map<String, Place> of(Section section) {
        SharePlaces found = new SharePlaces();
        for (Node.Entry entry : section.entries()) {
            String key = entry.key().text();
            found.places.put(":" + key, entry.key().place());
            switch (key) {
                case "fields" -> found.fields("", entry.value());
                case "events" -> found.records("", entry.value());
                case "question", "answer" -> found.fields(key + ".", entry.value());
                default -> {}
            }
        }
        return found.places;
    }

    private void records(String prefix, Node node) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> fields(noted(prefix, entry), entry.value()));
        }
    }

    private void fields(String prefix, Node node) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> parts(noted(prefix, entry), entry.value()));
        }
    }

    private void parts(String prefix, Node node) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                switch (entry.key().text()) {
                    case "fields" -> fields(prefix, entry.value());
                    case "variants" -> records(prefix, entry.value());
                    default -> {}
                }
            }
        }
    }

    /** Notes one name, and gives the prefix of what is inside it. */
    private String noted(String prefix, Node.Entry entry) {
        String path = prefix + entry.key().text();
        places.put(path, entry.key().place());
        return path + ".";
    }
}
