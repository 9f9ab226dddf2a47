package dev.fairlead.planner.check;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Share;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the views of outside clients against those of before. A view is a contract with readers whom nobody here can deploy: they may get more,
 * and never less or something else.
 */
final class ViewComparison {
    private final Share before;
    private final Share now;
    private final LocalDate today;
    private final ItemFindings findings;

    ViewComparison(Share before, Share now, LocalDate today, ItemFindings findings) {
        this.before = before;
        this.now = now;
        this.today = today;
        this.findings = findings;
    }

    /** Whether the views of two versions of an item say the same. */
    static boolean areAlike(Share one, Share other) {
        return texts(one).equals(texts(other));
    }

    private static List<String> texts(Share share) {
        return share.views().stream().map(OutsideView::text).toList();
    }

    /** As who outside clients are told of among readers. */
    static String reader(OutsideView view) {
        return view.clients() + " (outside)";
    }

    /** Where the view, as it is now, names what the item does not have any more. */
    static Set<Place> gone(OutsideView old, Share now) {
        Set<Place> gone = new HashSet<>();
        old.shown()
                .forEach((record, fields) -> fields.forEach(each -> {
                    String inside = record.equals(OutsideView.STATE) ? each.field() : record + "." + each.field();
                    String name = record.equals(OutsideView.STATE) ? each.name() : record + "." + each.name();
                    Place place = now.places().get(path(old) + "." + name);
                    if (place != null && !Comparison.has(now.content(), inside)) {
                        gone.add(place);
                    }
                }));
        return gone;
    }

    void compare() {
        for (OutsideView old : before.views()) {
            OutsideView is = now.view(old.clients()).orElse(null);
            if (is == null) {
                removed(old);
            } else if (before.kind() == now.kind()) {
                shown(old, is);
                filters(old, is);
                limits(old, is);
                ending(old, is);
            }
        }
    }

    private static String path(OutsideView view) {
        return ":expose." + view.clients();
    }

    private void removed(OutsideView old) {
        LocalDate sunset = old.ending().sunset();
        String was = "view" + (sunset == null ? "" : " until " + sunset);
        Broken removed = broken(Rule.VIEW_REMOVED, old, path(old), was, "nothing");
        if (sunset != null && !today.isBefore(sunset)) {
            findings.addHarmless(
                    removed,
                    "the view `" + old.clients() + "` of `" + now.id() + "` is gone, as it said since its sunset "
                            + sunset + " (nothing to do)");
        } else {
            findings.add(removed);
        }
    }

    private Broken broken(Rule rule, OutsideView view, String path, String was, String is) {
        Broken broken = new Broken(rule, path, was, is, ItemComparison.sample(now.content()));
        broken.add(reader(view), Meeting.NEW_OWNER_OLD_READER);
        return broken;
    }

    private void shown(OutsideView old, OutsideView is) {
        switch (now.content()) {
            case Content.State state ->
                fields(path(is) + ".", is, fields(old, before, null), fields(is, before, null), fields(is, now, null));
            case Content.Events all -> old.shown().keySet().forEach(event -> event(event, old, is));
            case Content.Request request -> {}
        }
    }

    private void event(String event, OutsideView old, OutsideView is) {
        boolean isThere =
                now.content() instanceof Content.Events all && all.events().containsKey(event);
        if (!is.shown().containsKey(event) || !isThere) {
            findings.add(broken(Rule.EVENT_REMOVED, is, path(is) + "." + event, event, "nothing"));
        } else {
            fields(
                    path(is) + "." + event + ".",
                    is,
                    fields(old, before, event),
                    fields(is, before, event),
                    fields(is, now, event));
        }
    }

    /** What a view gives of a version of the item; of one event, where it is of events. */
    private static Fields fields(OutsideView view, Share share, @Nullable String event) {
        return switch (view.of(share.content())) {
            case Content.State state -> state.fields();
            case Content.Events events -> events.events().getOrDefault(String.valueOf(event), Fields.NONE);
            case Content.Request request -> Fields.NONE;
        };
    }

    /** @param written what the view as it is now gives of records that are there already */
    private void fields(String prefix, OutsideView is, Fields old, Fields written, Fields now) {
        FieldComparison comparison = new FieldComparison(prefix);
        comparison.meet(Meeting.NEW_OWNER_OLD_READER, reader(is), now, old);
        comparison.meet(Meeting.OLD_RECORD_NEW_READER, reader(is), written, now);
        comparison.compareMeaning(reader(is), old, now, old);
        comparison.broken().forEach(findings::add);
    }

    private void filters(OutsideView old, OutsideView is) {
        if (old.filterText().equals(is.filterText())) {
            return;
        }
        String path = path(is) + ".:only";
        String was = said(old.filterText());
        String said = said(is.filterText());
        Broken changed = broken(Rule.VIEW_NARROWED, is, path, was, said);
        if (areAllOf(is, old)) {
            findings.addHarmless(
                    new Broken(Rule.VIEW_WIDENED, path, was, said, changed.witness()),
                    "outside clients `" + is.clients() + "` now see more values of `" + now.id() + "`: only " + said
                            + ", before only " + was + " (see that this is meant)");
        } else {
            findings.add(changed);
        }
    }

    private static String said(String filters) {
        return filters.isEmpty() ? "all values" : "where " + filters;
    }

    private static boolean areAllOf(OutsideView some, OutsideView all) {
        return some.only().stream()
                .allMatch(each -> all.only().stream()
                        .anyMatch(other -> other.field().equals(each.field())
                                && other.claim().equals(each.claim())));
    }

    private void limits(OutsideView old, OutsideView is) {
        Map<String, OutsideView.@Nullable Allowance> before =
                named(old.limits().rate(), old.limits().quota());
        named(is.limits().rate(), is.limits().quota()).forEach((name, allowed) -> {
            OutsideView.Allowance was = before.get(name);
            if (allowed != null && (was == null || perSecond(allowed) < perSecond(was))) {
                findings.addWarning(broken(
                        Rule.VIEW_NARROWED,
                        is,
                        path(is) + ".:" + name,
                        was == null ? "no " + name : said(name, was),
                        said(name, allowed)));
            }
        });
    }

    private static Map<String, OutsideView.@Nullable Allowance> named(
            OutsideView.@Nullable Allowance rate, OutsideView.@Nullable Allowance quota) {
        Map<String, OutsideView.@Nullable Allowance> named = new TreeMap<>();
        named.put("quota", quota);
        named.put("rate", rate);
        return named;
    }

    private static String said(String name, OutsideView.Allowance allowed) {
        return name + " " + allowed.calls() + " in " + Text.of(allowed.window());
    }

    private static double perSecond(OutsideView.Allowance allowed) {
        return (double) allowed.calls() / allowed.window().toSeconds();
    }

    private void ending(OutsideView old, OutsideView is) {
        LocalDate was = old.ending().sunset();
        LocalDate sunset = is.ending().sunset();
        if (was != null && sunset != null && sunset.isBefore(was)) {
            findings.add(broken(Rule.VIEW_NARROWED, is, path(is) + ".:sunset", "sunset " + was, "sunset " + sunset));
        }
    }
}
