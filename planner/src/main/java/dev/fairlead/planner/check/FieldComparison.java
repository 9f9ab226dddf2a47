package dev.fairlead.planner.check;

import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.compatibility.Acceptance;
import dev.fairlead.contracts.compatibility.Containment;
import dev.fairlead.contracts.compatibility.Difference;
import dev.fairlead.contracts.compatibility.Document;
import dev.fairlead.contracts.compatibility.MeaningChange;
import dev.fairlead.contracts.compatibility.Samples;
import dev.fairlead.contracts.compatibility.View;
import dev.fairlead.planner.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is broken in the records of one part of an item, each thing once, with all the readers that it concerns. */
final class FieldComparison {
    private final Map<String, Broken> broken = new LinkedHashMap<>();
    private final String prefix;

    /** A comparison whose paths begin with {@code prefix}, which is empty or ends with a dot. */
    FieldComparison(String prefix) {
        this.prefix = prefix;
    }

    /** What was found so far. */
    List<Broken> broken() {
        return List.copyOf(broken.values());
    }

    /** What is written as {@code produced} meets one reader of {@code read}. */
    void meet(Meeting meeting, String reader, Fields produced, Fields read) {
        List<Difference> differences = Containment.differences(produced, read);
        boolean isReadable = differences.stream().allMatch(each -> each.kind() == Difference.Kind.MEANING);
        for (Difference difference : differences) {
            boolean isMisread = difference.kind() == Difference.Kind.MEANING;
            if (isMisread && !isReadable) {
                continue;
            }
            verify(produced, read, difference.witness(), isMisread);
            Rule rule = meeting.rule(difference.kind());
            boolean isWritten = meeting == Meeting.OLD_RECORD_NEW_READER || meeting == Meeting.OLD_QUESTION_NEW_OWNER;
            String was = isWritten ? difference.produced() : difference.read();
            String is = isWritten ? difference.read() : difference.produced();
            add("", new Broken(rule, prefix + difference.path(), was, is, difference.witness()), reader, meeting);
        }
    }

    /** The names of fields that two versions both have and mean differently concern one reader of {@code read}. */
    void compareMeaning(String reader, Fields before, Fields now, Fields read) {
        Set<String> used = Set.copyOf(read.names());
        for (MeaningChange change : MeaningChange.between(before.only(used), now.only(used))) {
            if (change.attribute().equals("scale")) {
                broken.computeIfPresent(
                        key(Rule.TYPE_CHANGED, prefix + change.path()), (key, type) -> areDecimals(type) ? null : type);
            }
            String attribute = change.attribute() + " ";
            add(
                    change.attribute(),
                    new Broken(
                            Rule.MEANING_CHANGED,
                            prefix + change.path(),
                            attribute + change.was(),
                            attribute + change.is(),
                            misread(before, now, change)),
                    reader,
                    Meeting.NEW_OWNER_OLD_READER);
        }
    }

    /** The class of a field has risen above what a reader may see. */
    void raised(String reader, String field, String was, String is, Fields now) {
        add(
                "class",
                new Broken(Rule.MEANING_CHANGED, prefix + field, "class " + was, "class " + is, Samples.of(now)),
                reader,
                Meeting.NEW_OWNER_OLD_READER);
    }

    private static Document misread(Fields before, Fields now, MeaningChange change) {
        return Containment.differences(now, before.only(Set.of(first(change.path())))).stream()
                .map(Difference::witness)
                .findFirst()
                .orElseGet(() -> Samples.of(now));
    }

    private static String first(String path) {
        return path.split("[.\\[{]", 2)[0];
    }

    /** One attribute of a field is one thing that may be broken, so that a second one is not hidden behind the first. */
    private void add(String attribute, Broken found, String reader, Meeting meeting) {
        broken.computeIfAbsent(key(found.rule(), found.path()) + attribute, key -> found)
                .add(reader, meeting);
    }

    private static String key(Rule rule, String path) {
        return rule + " " + path + " ";
    }

    /** Only then does the other scale say all that the other type says. */
    private static boolean areDecimals(Broken type) {
        return type.was().startsWith("decimal(") && type.is().startsWith("decimal(");
    }

    /** A witness that does not show what it should would be worse than none. */
    private static void verify(Fields produced, Fields read, Document witness, boolean isRead) {
        boolean isWritten = Acceptance.accepts(View.PRODUCER, produced, witness);
        if (!isWritten || Acceptance.accepts(View.READER, read, witness) != isRead) {
            throw new IllegalStateException("no witness: " + witness.json() + " of "
                    + produced.names().stream().collect(Collectors.joining(", ")));
        }
    }
}
