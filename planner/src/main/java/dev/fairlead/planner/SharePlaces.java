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
                case ExposeSyntax.KEY -> found.views(":" + key + ".", entry.value());
                default -> {}
            }
        }
        return found.places;
    }

    /** Of what a view shows, {@code :expose.CLIENTS.NAME} by its name outside; other keys of a view have a colon before them. */
    private void views(String prefix, Node node) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry view : mapping.entries()) {
                String inView = noted(prefix, view);
                if (view.value() instanceof Node.Mapping keys) {
                    keys.entries().forEach(entry -> shown(inView, entry));
                }
            }
        }
    }

    private void shown(String inView, Node.Entry entry) {
        places.put(inView + ":" + entry.key().text(), entry.key().place());
        switch (entry.value()) {
            case Node.Sequence list
            when entry.key().text().equals("fields") ->
                list.elements().forEach(element -> {
                    if (element instanceof Node.Scalar name) {
                        places.put(inView + name.text(), name.place());
                    }
                });
            case Node.Mapping names
            when entry.key().text().equals("names") -> names.entries().forEach(name -> noted(inView, name));
            default -> {}
        }
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
