package dev.fairlead.planner.check;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.compatibility.Document;
import dev.fairlead.contracts.compatibility.Samples;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.WhenUnknown;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds one item against its earlier versions, reader by reader. */
final class ItemComparison {
    /** What a request may take when its plan does not say. */
    private static final Duration ASSUMED_DEADLINE = Duration.ofSeconds(1);

    private final Share before;
    private final Share now;
    private final List<Share> earlier;
    private final Map<String, Need> oldNeeds = new TreeMap<>();
    private final Map<String, Need> newNeeds = new TreeMap<>();
    private final Plan nowPlan;
    private final LocalDate today;
    private final ItemFindings findings;

    ItemComparison(Plan beforePlan, Plan nowPlan, Share before, Share now, List<Share> earlier, Instant moment) {
        this.before = before;
        this.now = now;
        this.earlier = earlier;
        this.today = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        this.nowPlan = nowPlan;
        beforePlan.needsOf(before.id()).forEach(need -> oldNeeds.put(need.reader(), need));
        nowPlan.needsOf(now.id()).forEach(need -> newNeeds.put(need.reader(), need));
        this.findings = new ItemFindings(before, now, direct());
    }

    List<CheckFinding> compare() {
        if (before.content() instanceof Content.State old && now.content() instanceof Content.State is) {
            key(
                    old.key() + ": " + old.keyField().type().text(),
                    is.key() + ": " + is.keyField().type().text());
            if (before.schema() == null && now.schema() == null) {
                records("", old.fields(), is.fields());
            }
        } else if (before.content() instanceof Content.Events old && now.content() instanceof Content.Events is) {
            key(old.key(), is.key());
            events(old, is);
        } else if (before.content() instanceof Content.Request old && now.content() instanceof Content.Request is) {
            request(old, is);
        } else {
            kind(before.kind().word(), now.kind().word());
        }
        new ViewComparison(before, now, today, findings).compare();
        return findings.list();
    }

    private void kind(String was, String is) {
        Broken changed = new Broken(Rule.TYPE_CHANGED, ":kind", was, is, sample(now.content()));
        readersInAndOutside().forEach(reader -> changed.add(reader, Meeting.NEW_OWNER_OLD_READER));
        findings.add(changed);
    }

    private void key(String was, String is) {
        if (!was.equals(is)) {
            Broken changed = new Broken(Rule.KEY_CHANGED, ":key", was, is, sample(now.content()));
            readersInAndOutside().forEach(reader -> changed.add(reader, Meeting.NEW_OWNER_OLD_READER));
            findings.add(changed);
        }
    }

    private void records(String prefix, Fields old, Fields is) {
        FieldComparison comparison = new FieldComparison(prefix);
        oldNeeds.forEach((reader, need) -> comparison.meet(
                Meeting.NEW_OWNER_OLD_READER, reader, is, ReaderView.of(need).of(old, is)));
        newNeeds.forEach((reader, need) -> {
            Fields read = ReaderView.of(need).of(is, old);
            comparison.meet(Meeting.NEW_OWNER_OLD_READER, reader, is, read);
            comparison.meet(Meeting.OLD_RECORD_NEW_READER, reader, old, read);
            // A table holds its rows in the last version only.
            for (Share version : need.direct() == null ? earlier : List.<Share>of()) {
                comparison.meet(Meeting.OLD_RECORD_NEW_READER, reader, read(version.content()), read);
            }
        });
        readers()
                .forEach(reader -> comparison.compareMeaning(
                        reader, old, is, ReaderView.of(need(reader)).of(is, old)));
        classes(is, comparison);
        findings.add(prefix, old, is, comparison.broken(), earlierNames());
    }

    /** Raised above what a reader may see: its copy would be refused. */
    private void classes(Fields is, FieldComparison comparison) {
        Fields old = read(before.content());
        newNeeds.forEach((reader, need) -> {
            DataClass clearance =
                    nowPlan.service(reader).map(ServicePlan::clearance).orElse(DataClass.INTERNAL);
            for (Field field : ReaderView.of(need).of(is, old).list()) {
                old.field(field.name())
                        .map(Field::highestClass)
                        .filter(was -> clearance.reaches(was) && !clearance.reaches(field.highestClass()))
                        .ifPresent(was -> comparison.raised(
                                reader,
                                field.name(),
                                was.word(),
                                field.highestClass().word(),
                                is));
            }
        });
    }

    private void events(Content.Events old, Content.Events is) {
        for (Map.Entry<String, Fields> event : old.events().entrySet()) {
            Fields same = is.events().get(event.getKey());
            if (same == null) {
                removed(event.getKey(), event.getValue());
            } else {
                event(event.getKey(), event.getValue(), same);
            }
        }
        is.events().forEach((name, fields) -> {
            if (!old.events().containsKey(name)) {
                added(name, fields);
            }
        });
    }

    private void event(String name, Fields old, Fields is) {
        FieldComparison comparison = new FieldComparison(name + ".");
        oldNeeds.forEach((reader, need) -> comparison.meet(
                Meeting.NEW_OWNER_OLD_READER,
                reader,
                is,
                ReaderView.ofEvent(need, name).of(old, is)));
        newNeeds.forEach((reader, need) -> {
            Fields read = ReaderView.ofEvent(need, name).of(is, old);
            comparison.meet(Meeting.NEW_OWNER_OLD_READER, reader, is, read);
            comparison.meet(Meeting.OLD_RECORD_NEW_READER, reader, old, read);
            for (Share version : earlier) {
                if (version.content() instanceof Content.Events events
                        && events.events().containsKey(name)) {
                    comparison.meet(
                            Meeting.OLD_RECORD_NEW_READER,
                            reader,
                            events.events().getOrDefault(name, Fields.NONE),
                            read);
                }
            }
        });
        readers()
                .forEach(reader -> comparison.compareMeaning(
                        reader, old, is, ReaderView.ofEvent(need(reader), name).of(is, old)));
        findings.add(name + ".", old, is, comparison.broken(), List.of());
    }

    private void removed(String name, Fields fields) {
        Broken removed = new Broken(Rule.EVENT_REMOVED, name, name, "nothing", named(name, fields));
        readers().stream()
                .filter(reader -> usesEvent(oldNeeds.get(reader), name) || usesEvent(newNeeds.get(reader), name))
                .forEach(reader -> removed.add(reader, Meeting.NEW_OWNER_OLD_READER));
        findings.add(removed);
    }

    private void added(String name, Fields fields) {
        Broken added = new Broken(Rule.EVENT_ADDED, name, "nothing", name, named(name, fields));
        oldNeeds.forEach((reader, need) -> {
            if (need.whenUnknown() != WhenUnknown.SKIP) {
                added.add(reader, Meeting.NEW_OWNER_OLD_READER);
            }
        });
        boolean isWanted = oldNeeds.values().stream()
                .anyMatch(need -> need.whenUnknown() != WhenUnknown.SKIP && usesEvent(need, name));
        if (isWanted) {
            findings.add(added);
        } else {
            findings.addWarning(added);
        }
    }

    private static boolean usesEvent(@Nullable Need need, String event) {
        return need != null
                && (need.uses().isEmpty()
                        || need.usedNames().stream().anyMatch(use -> use.equals(event) || use.startsWith(event + ".")));
    }

    private void request(Content.Request old, Content.Request is) {
        if (old.delivery() != is.delivery()) {
            kind(
                    old.delivery().name().toLowerCase(Locale.ROOT),
                    is.delivery().name().toLowerCase(Locale.ROOT));
            return;
        }
        question(old.question(), is.question());
        if (old.answer() != null && is.answer() != null) {
            records("answer.", old.answer(), is.answer());
        }
        Duration was = Objects.requireNonNullElse(old.deadline(), ASSUMED_DEADLINE);
        Duration allowed = Objects.requireNonNullElse(is.deadline(), ASSUMED_DEADLINE);
        if (is.delivery() == Content.Delivery.ASKED && allowed.compareTo(was) < 0) {
            Broken shortened =
                    new Broken(Rule.DEADLINE_SHORTENED, ":deadline", Text.of(was), Text.of(allowed), sample(is));
            readers().forEach(reader -> shortened.add(reader, Meeting.NEW_OWNER_OLD_READER));
            findings.add(shortened);
        }
    }

    private void question(Fields old, Fields is) {
        FieldComparison comparison = new FieldComparison("question.");
        oldNeeds.keySet().forEach(reader -> comparison.meet(Meeting.OLD_QUESTION_NEW_OWNER, reader, old, is));
        newNeeds.keySet().forEach(reader -> comparison.meet(Meeting.NEW_QUESTION_OLD_OWNER, reader, is, old));
        readers().forEach(reader -> comparison.compareMeaning(reader, old, is, is));
        findings.add("question.", old, is, comparison.broken(), List.of());
    }

    private List<String> earlierNames() {
        Fields last = read(before.content());
        return earlier.stream()
                .flatMap(version -> read(version.content()).names().stream())
                .filter(name -> last.field(name).isEmpty())
                .distinct()
                .toList();
    }

    private static Fields read(Content content) {
        return switch (content) {
            case Content.State state -> state.fields();
            case Content.Request request -> request.answer() == null ? Fields.NONE : request.answer();
            case Content.Events events -> Fields.NONE;
        };
    }

    /** The readers that look into the owner's database before and now. */
    private Set<String> direct() {
        return readers().stream()
                .filter(reader -> Stream.of(oldNeeds.get(reader), newNeeds.get(reader))
                        .filter(Objects::nonNull)
                        .allMatch(need -> need.direct() != null))
                .collect(Collectors.toSet());
    }

    private List<String> readers() {
        Map<String, Need> all = new TreeMap<>(oldNeeds);
        all.putAll(newNeeds);
        return List.copyOf(all.keySet());
    }

    private List<String> readersInAndOutside() {
        return Stream.concat(readers().stream(), before.views().stream().map(ViewComparison::reader))
                .toList();
    }

    private Need need(String reader) {
        Need need = newNeeds.get(reader);
        return need == null ? Objects.requireNonNull(oldNeeds.get(reader)) : need;
    }

    /** A document of an item as it is now. */
    static Document sample(Content content) {
        return switch (content) {
            case Content.State state -> Samples.of(state.fields());
            case Content.Request request -> Samples.of(request.question());
            case Content.Events events -> {
                Map.Entry<String, Fields> first =
                        events.events().entrySet().iterator().next();
                yield named(first.getKey(), first.getValue());
            }
        };
    }

    private static Document named(String event, Fields fields) {
        return new Document.Members(Map.of(event, Samples.of(fields)));
    }
}
