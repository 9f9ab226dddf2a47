package dev.fairlead.planner.check;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Cores;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Lifecycle;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan held against the version before it: what changed, whom it breaks, and which needs name something that is gone.
 *
 * @param findings by item
 * @param gone where needs name items or fields that the version before still had
 */
public record Comparison(List<CheckFinding> findings, Set<Place> gone) {
    public Comparison {
        findings = List.copyOf(findings);
        gone = Set.copyOf(gone);
    }

    /** The items that both versions have and that, or whose readers, differ, so that still earlier versions of them matter. */
    public static List<Share> changed(Plan before, Plan now) {
        return Cores.of(before.items())
                .filter(old -> now.item(old.id())
                        .filter(is -> isChanged(before, now, old, is))
                        .isPresent())
                .toList();
    }

    /** A plan without the needs, and without the used fields, that stand at these places. */
    public static Plan without(Plan plan, Set<Place> gone) {
        if (gone.isEmpty()) {
            return plan;
        }
        List<ServicePlan> services = plan.services().stream()
                .map(service -> new ServicePlan(
                        service.name(),
                        service.team(),
                        service.availability(),
                        service.instances(),
                        service.clearance(),
                        service.shares(),
                        service.needs().stream()
                                .filter(need -> !gone.contains(need.place()))
                                .map(need -> need.without(gone))
                                .filter(need -> need.uses().isEmpty() == isWhole(service, need))
                                .toList(),
                        service.place()))
                .toList();
        return new Plan(services, plan.landscape());
    }

    /** A need that named only what is gone would else come to name all. */
    private static boolean isWhole(ServicePlan service, Need need) {
        return service.need(need.item()).map(Need::uses).orElse(List.of()).isEmpty();
    }

    private static boolean isChanged(Plan before, Plan now, Share old, Share is) {
        return !old.content().equals(is.content())
                || !Objects.equals(schemaText(old), schemaText(is))
                || !old.terms().reserved().equals(is.terms().reserved())
                || !ViewComparison.areAlike(old, is)
                || !isReadAlike(before.needsOf(old.id()), now.needsOf(is.id()));
    }

    private static @Nullable String schemaText(Share share) {
        return share.schema() == null ? null : share.schema().wholeText();
    }

    /** Whether the same services read an item, and say the same about what they read. */
    private static boolean isReadAlike(List<Need> before, List<Need> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int number = 0; number < before.size(); number++) {
            Need old = before.get(number);
            Need is = now.get(number);
            boolean isAlike = old.reader().equals(is.reader())
                    && old.usedNames().equals(is.usedNames())
                    && old.unknownSymbols().keySet().equals(is.unknownSymbols().keySet());
            if (!isAlike) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares; both plans may have needs that name what is not there.
     *
     * @param earlier versions before {@code before}, of which records may still be there
     * @param moment against which retention is reckoned
     */
    public static Comparison of(Plan before, Plan now, List<EarlierVersion> earlier, Instant moment) {
        List<CheckFinding> findings = Cores.of(before.items())
                .map(old -> compare(before, now, old, earlier, moment))
                .flatMap(List::stream)
                .toList();
        return new Comparison(findings, gone(before, now));
    }

    private static List<CheckFinding> compare(
            Plan before, Plan now, Share old, List<EarlierVersion> earlier, Instant moment) {
        Share is = now.item(old.id()).orElse(null);
        if (is == null) {
            return List.of(removed(before, now, old));
        }
        return earlier.isEmpty() && !isChanged(before, now, old, is)
                ? List.of()
                : new ItemComparison(before, now, old, is, live(old, is, earlier, moment), moment).compare();
    }

    /** The versions of an item of which records may still be read; a question or answer is not kept. */
    public static List<Share> live(Share old, Share is, List<EarlierVersion> earlier, Instant moment) {
        if (old.kind() == ItemKind.REQUEST || old.kind() != is.kind()) {
            return List.of();
        }
        Duration retention = old.terms().retention();
        Set<String> seen =
                new HashSet<>(List.of(old.schemaHash().hex(), is.schemaHash().hex()));
        List<Share> live = new ArrayList<>();
        for (EarlierVersion version : earlier) {
            boolean isKept = old.kind() == ItemKind.STATE
                    || retention == null
                    || version.replaced().plus(retention).isAfter(moment);
            version.share(old.id())
                    .filter(share -> isKept && share.kind() == old.kind())
                    .filter(share -> seen.add(share.schemaHash().hex()))
                    .ifPresent(live::add);
        }
        return live;
    }

    private static CheckFinding removed(Plan before, Plan now, Share old) {
        Set<String> readers = new TreeSet<>();
        before.needsOf(old.id()).forEach(need -> readers.add(need.reader()));
        now.needsOf(old.id()).forEach(need -> readers.add(need.reader()));
        old.views().forEach(view -> readers.add(ViewComparison.reader(view)));
        Place place = now.service(old.id().owner())
                .map(ServicePlan::place)
                .or(() -> now.needsOf(old.id()).stream().map(Need::place).findFirst())
                .orElse(old.place());
        if (readers.isEmpty()) {
            return new CheckFinding(
                    new Finding(
                            Rule.ITEM_REMOVED,
                            Severity.NOTE,
                            "`" + old.id() + "` is gone, and nobody needed it (nothing to do)",
                            place),
                    Change.harmless(old.kind().word() + " -> nothing"));
        }
        Severity severity = old.terms().lifecycle() == Lifecycle.DRAFT ? Severity.WARNING : Severity.ERROR;
        return new CheckFinding(
                new Finding(
                        Rule.ITEM_REMOVED,
                        severity,
                        "`" + old.id() + "` is gone, but " + Text.and(readers)
                                + (readers.size() == 1 ? " needs" : " need")
                                + " it (keep it until they no longer do)",
                        place),
                new Change(
                        old.kind().word() + " -> nothing",
                        old.kind() == ItemKind.STATE ? Mode.FULL_TRANSITIVE : Mode.FULL,
                        List.copyOf(readers),
                        ItemComparison.sample(old.content()).json(),
                        "safe only when " + Text.and(readers) + " can do without it before "
                                + old.id().owner() + " stops"));
    }

    private static Set<Place> gone(Plan before, Plan now) {
        Set<Place> gone = new HashSet<>();
        for (Need need : now.needs()) {
            Share is = now.item(need.item()).orElse(null);
            if (is != null && need.uses().isEmpty()) {
                continue;
            }
            before.item(need.item()).ifPresent(old -> {
                if (is == null) {
                    gone.add(need.place());
                    return;
                }
                need.uses().stream()
                        .filter(use -> has(old.content(), use.text()) && !has(is.content(), use.text()))
                        .forEach(use -> gone.add(use.place()));
            });
        }
        now.items()
                .forEach(is -> before.item(is.id())
                        .ifPresent(old -> old.views().forEach(view -> gone.addAll(ViewComparison.gone(view, is)))));
        return gone;
    }

    static boolean has(Content content, String use) {
        return switch (content) {
            case Content.State state -> state.fields().field(use).isPresent();
            case Content.Request request ->
                request.answer() != null && request.answer().field(use).isPresent();
            case Content.Events events -> {
                int dot = use.indexOf('.');
                Fields fields = events.events().get(dot < 0 ? use : use.substring(0, dot));
                yield fields != null
                        && (dot < 0 || fields.field(use.substring(dot + 1)).isPresent());
            }
        };
    }
}
