package dev.fairlead.planner;

import dev.fairlead.spi.input.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a plan file while it is read: hands out values by key and reports what is unknown, missing or of the wrong form.
 *
 * <p>A value that is not there, or wrong, comes out as null; wrong ones are among the findings.
 */
final class Section {
    private static final int LONGEST_TEXT = 1_000;

    private final String title;
    private final Place place;
    private final List<Node.Entry> entries;
    private final Findings findings;

    private Section(String title, Place place, List<Node.Entry> entries, Findings findings) {
        this.title = title;
        this.place = place;
        this.entries = entries;
        this.findings = findings;
    }

    /** A section with a closed set of keys; any other key is reported. */
    static Section of(String title, Place place, Node node, Set<String> known, Findings findings) {
        Section section = open(title, place, node, findings);
        for (Node.Entry entry : section.entries) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                findings.error(
                        Rule.UNKNOWN_KEY,
                        entry.key().place(),
                        "unknown key " + Printable.quoted(key) + " in " + title + " (" + Nearest.remedy(key, known)
                                + ")");
            }
        }
        return section;
    }

    /** A section whose keys are names that the author chose. */
    static Section open(String title, Place place, Node node, Findings findings) {
        if (node instanceof Node.Mapping mapping) {
            return new Section(title, place, mapping.entries(), findings);
        }
        findings.error(
                Rule.BAD_VALUE,
                node.place(),
                title + " needs keys and values, but this is " + described(node)
                        + " (write `key: value` lines, or { })");
        return new Section(title, place, List.of(), findings);
    }

    private static String described(Node node) {
        return switch (node) {
            case Node.Scalar scalar when scalar.isAbsent() -> "empty";
            case Node.Scalar scalar -> Printable.quoted(scalar.text());
            case Node.Sequence sequence -> "a list";
            case Node.Mapping mapping -> "a mapping";
        };
    }

    String title() {
        return title;
    }

    Place place() {
        return place;
    }

    Findings findings() {
        return findings;
    }

    List<Node.Entry> entries() {
        return entries;
    }

    boolean has(String key) {
        return entry(key) != null;
    }

    Node.@Nullable Entry entry(String key) {
        for (Node.Entry entry : entries) {
            if (entry.key().text().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    /** Where the value of a key stands; where the section stands when the key is not there. */
    Place placeOf(String key) {
        Node.Entry entry = entry(key);
        return entry == null ? place : entry.value().place();
    }

    @Nullable
    Section section(String key, Set<String> known) {
        Node.Entry entry = entry(key);
        return entry == null ? null : of("`" + key + "`", entry.key().place(), entry.value(), known, findings);
    }

    @Nullable
    Section names(String key) {
        Node.Entry entry = entry(key);
        return entry == null ? null : open("`" + key + "`", entry.key().place(), entry.value(), findings);
    }

    /** One text; reports a list, a mapping or nothing in its place. */
    @Nullable
    Located text(String key) {
        Node.Entry entry = entry(key);
        return entry == null ? null : text(key, entry.value());
    }

    private @Nullable Located text(String key, Node node) {
        if (!(node instanceof Node.Scalar scalar) || scalar.isAbsent()) {
            findings.error(
                    Rule.BAD_VALUE,
                    node.place(),
                    "`" + key + "` needs one value, but this is " + described(node) + " (write it after the colon)");
            return null;
        }
        if (scalar.text().length() > LONGEST_TEXT) {
            findings.error(Rule.TOO_LARGE, scalar.place(), "`" + key + "` is longer than 1000 characters (shorten it)");
            return null;
        }
        return new Located(scalar.text().strip(), scalar.place());
    }

    @Nullable
    String plainText(String key) {
        Located text = text(key);
        return text == null ? null : text.text();
    }

    /** A text that must be there. */
    @Nullable
    Located required(String key, String remedy) {
        if (!has(key)) {
            missing(key, remedy);
            return null;
        }
        return text(key);
    }

    void missing(String key, String remedy) {
        findings.error(Rule.MISSING_KEY, place, title + " has no `" + key + "` (" + remedy + ")");
    }

    @Nullable
    Quantity quantity(String key, Measure measure) {
        Located text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return QuantityText.read(measure, text.text());
        } catch (QuantityText.BadQuantity bad) {
            findings.error(Rule.BAD_QUANTITY, text.place(), "`" + key + "`: " + bad.text());
            return null;
        }
    }

    /** A quantity above zero. */
    @Nullable
    Quantity positive(String key, Measure measure) {
        return aboveZero(key, quantity(key, measure));
    }

    /** A percentage above zero and not above 100. */
    @Nullable
    Quantity share(String key) {
        Quantity share = positive(key, Measure.PERCENT);
        if (share == null || share.high() <= 1) {
            return share;
        }
        findings.error(
                Rule.BAD_QUANTITY, placeOf(key), "`" + key + "` is more than 100% (write a percentage up to 100%)");
        return null;
    }

    private @Nullable Quantity aboveZero(String key, @Nullable Quantity quantity) {
        if (quantity == null || quantity.low() > 0) {
            return quantity;
        }
        findings.error(Rule.BAD_QUANTITY, placeOf(key), "`" + key + "` must be more than 0 (leave it out if unknown)");
        return null;
    }

    @Nullable
    Duration duration(String key) {
        return asDuration(quantity(key, Measure.DURATION));
    }

    @Nullable
    Duration positiveDuration(String key) {
        return asDuration(positive(key, Measure.DURATION));
    }

    private static @Nullable Duration asDuration(@Nullable Quantity seconds) {
        return seconds == null ? null : Duration.ofNanos(Math.round(Math.min(seconds.high(), 9e9) * 1e9));
    }

    /** One of a closed set of words: the names of an enum in small letters, with hyphens. */
    <E extends Enum<E>> @Nullable E word(String key, Class<E> words) {
        Located text = text(key);
        if (text == null) {
            return null;
        }
        for (E each : words.getEnumConstants()) {
            if (word(each).equals(text.text())) {
                return each;
            }
        }
        List<String> known =
                Arrays.stream(words.getEnumConstants()).map(Section::word).toList();
        badWord(key, text, known);
        return null;
    }

    void badWord(String key, Located text, List<String> known) {
        findings.error(
                Rule.BAD_VALUE,
                text.place(),
                "`" + key + "` cannot be " + Printable.quoted(text.text()) + " (" + choice(text.text(), known) + ")");
    }

    private static String choice(String text, List<String> known) {
        return Nearest.find(text, known)
                .map(nearest -> "did you mean `" + nearest + "`?")
                .orElse("use one of " + String.join(", ", known));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Nullable
    Boolean flag(String key) {
        Located text = text(key);
        if (text == null) {
            return null;
        }
        if (text.text().equals("true") || text.text().equals("false")) {
            return text.text().equals("true");
        }
        badWord(key, text, List.of("true", "false"));
        return null;
    }

    /** A list of words, each once; empty when the key is not there. */
    List<Located> words(String key) {
        Node.Entry entry = entry(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            findings.error(
                    Rule.BAD_VALUE,
                    entry.value().place(),
                    "`" + key + "` needs a list, but this is " + described(entry.value()) + " (write [ a, b ])");
            return List.of();
        }
        List<Located> words = new ArrayList<>();
        for (Node element : sequence.elements()) {
            Located word = text(key, element);
            if (word != null && words.stream().anyMatch(each -> each.text().equals(word.text()))) {
                findings.error(
                        Rule.BAD_VALUE,
                        word.place(),
                        Printable.quoted(word.text()) + " is in `" + key + "` twice (remove one)");
            } else if (word != null) {
                words.add(word);
            }
        }
        return words;
    }
}
