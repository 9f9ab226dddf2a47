package dev.fairlead.planner.check;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Lifecycle;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes findings of what is broken in one item: severity, place, words, and who may be deployed first. */
final class ItemFindings {
    private final Share before;
    private final Share now;
    private final Set<String> direct;
    private final List<CheckFinding> findings = new ArrayList<>();

    /** @param direct the readers that look into the owner's database, and at nothing else */
    ItemFindings(Share before, Share now, Set<String> direct) {
        this.before = before;
        this.now = now;
        this.direct = Set.copyOf(direct);
    }

    List<CheckFinding> list() {
        return List.copyOf(findings);
    }

    /** What is broken in one record, and which of its fields came and went without breaking anybody. */
    void add(String prefix, Fields old, Fields is, List<Broken> broken, List<String> returned) {
        broken.forEach(each -> add(isReturned(each, old, returned) ? renamed(each) : each));
        for (Field field : old.list()) {
            if (is.field(field.name()).isEmpty()
                    && isUntold(prefix + field.name(), broken)
                    && !isShownOutside(prefix + field.name())) {
                harmless(
                        Rule.FIELD_REMOVED_UNUSED,
                        prefix + field.name(),
                        field.name() + ": " + field.type().text() + " -> nothing",
                        "`" + prefix + field.name() + "` of `" + now.id()
                                + "` is gone, and nobody used it (add `reserved: [ " + field.name()
                                + " ]`, so that the name does not come back with another meaning)");
            }
        }
        for (Field field : is.list()) {
            if (old.field(field.name()).isEmpty()) {
                if (before.terms().reserved().contains(field.name())) {
                    returned(prefix, field);
                } else if (isUntold(prefix + field.name(), broken)) {
                    added(prefix, field);
                }
            }
        }
    }

    private void added(String prefix, Field field) {
        String path = prefix + field.name();
        harmless(
                Rule.FIELD_ADDED,
                path,
                cameFromNothing(field),
                "`" + path + "` of `" + now.id() + "` is new (nothing to do)");
    }

    private void returned(String prefix, Field field) {
        String path = prefix + field.name();
        findings.add(new CheckFinding(
                new Finding(
                        Rule.NAME_RETURNED,
                        severity(),
                        "`" + path + "` of `" + now.id()
                                + "` was reserved: it was removed and may not come back (take another name)",
                        now.placeOf(path)),
                new Change(cameFromNothing(field), mode(Set.of()), List.of(), null, null)));
    }

    private static String cameFromNothing(Field field) {
        return field.name() + ": nothing -> " + field.type().text();
    }

    /** Then its removal is told of the view. */
    private boolean isShownOutside(String path) {
        return before.views().stream()
                .flatMap(view -> view.shown().entrySet().stream())
                .anyMatch(record -> record.getValue().stream()
                        .map(each -> record.getKey().equals(OutsideView.STATE)
                                ? each.field()
                                : record.getKey() + "." + each.field())
                        .anyMatch(path::equals));
    }

    private static boolean isUntold(String path, List<Broken> broken) {
        return broken.stream().noneMatch(each -> each.path().equals(path));
    }

    private static boolean isReturned(Broken broken, Fields old, List<String> returned) {
        boolean meetsRecords = broken.meetings().equals(Set.of(Meeting.OLD_RECORD_NEW_READER));
        return meetsRecords
                && broken.rule() == Rule.TYPE_CHANGED
                && returned.contains(broken.path())
                && old.field(broken.path()).isEmpty();
    }

    private static Broken renamed(Broken broken) {
        Broken returned = new Broken(Rule.NAME_RETURNED, broken.path(), broken.was(), broken.is(), broken.witness());
        broken.readers().forEach(reader -> returned.add(reader, Meeting.OLD_RECORD_NEW_READER));
        return returned;
    }

    void add(Broken broken) {
        boolean isOwnersTurn = broken.meetings().equals(Set.of(Meeting.NEW_QUESTION_OLD_OWNER));
        add(broken, isOwnersTurn ? Severity.WARNING : severity());
    }

    /** Something that has changed and breaks nobody. */
    void addHarmless(Broken broken, String message) {
        harmless(broken.rule(), broken.path(), shown(broken) + ": " + broken.was() + " -> " + broken.is(), message);
    }

    /** Something that deserves a look, and that the runtime survives. */
    void addWarning(Broken broken) {
        add(broken, Severity.WARNING);
    }

    private void add(Broken broken, Severity severity) {
        if (broken.readers().isEmpty()) {
            harmless(
                    broken.rule() == Rule.EVENT_REMOVED ? Rule.FIELD_REMOVED_UNUSED : Rule.FIELD_ADDED,
                    broken.path(),
                    broken.was() + " -> " + broken.is(),
                    "`" + shown(broken) + "` of `" + now.id() + "` has changed, and nobody uses it (nothing to do)");
            return;
        }
        BreakWords words = new BreakWords(now.id(), broken);
        findings.add(new CheckFinding(
                new Finding(broken.rule(), severity, words.message(), now.placeOf(broken.path())),
                new Change(
                        shown(broken) + ": " + broken.was() + " -> " + broken.is(),
                        mode(broken.readers()),
                        List.copyOf(broken.readers()),
                        broken.witness().json(),
                        words.order(carrier(broken)))));
    }

    private static String shown(Broken broken) {
        return broken.path().startsWith(":") ? broken.path().substring(1) : broken.path();
    }

    private void harmless(Rule rule, String path, String change, String message) {
        findings.add(new CheckFinding(
                new Finding(rule, Severity.NOTE, message, now.placeOf(path)), Change.harmless(change)));
    }

    private Severity severity() {
        return before.terms().lifecycle() == Lifecycle.DRAFT ? Severity.WARNING : Severity.ERROR;
    }

    /** Where what was written stays until the new version reads it. */
    private BreakWords.Carrier carrier(Broken broken) {
        if (areDirect(broken.readers())) {
            return BreakWords.Carrier.TABLE;
        }
        if (!(now.content() instanceof Content.Request request)) {
            return BreakWords.Carrier.LOG;
        }
        return request.delivery() == Content.Delivery.GUARANTEED ? BreakWords.Carrier.QUEUE : BreakWords.Carrier.CALL;
    }

    private boolean areDirect(Set<String> readers) {
        return !readers.isEmpty() && direct.containsAll(readers);
    }

    private Mode mode(Set<String> readers) {
        if (areDirect(readers)) {
            return Mode.EXPAND_CONTRACT;
        }
        return now.kind() == ItemKind.STATE ? Mode.FULL_TRANSITIVE : Mode.FULL;
    }
}
