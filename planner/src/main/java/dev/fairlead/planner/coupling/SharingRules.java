package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Content;
import dev.fairlead.planner.Figures;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is shared too widely, again, or as what it is not. */
final class SharingRules {
    private final Structure structure;
    private final Judgements judgements;
    private final FieldUse uses = new FieldUse();

    SharingRules(Structure structure, Judgements judgements) {
        this.structure = structure;
        this.judgements = judgements;
    }

    void check() {
        for (Share share : structure.items()) {
            use(share);
            command(share);
            passedThrough(share);
        }
        structure.services().forEach(this::intimate);
    }

    /** Not of events, which are facts for whoever wants them later. */
    private void use(Share share) {
        List<Dependency> readers = structure.ofItem(share.id());
        Set<String> fields = uses.fields(share).keySet();
        if (readers.isEmpty() || fields.isEmpty() || share.kind() == ItemKind.EVENT) {
            return;
        }
        Set<String> unused = new LinkedHashSet<>(fields);
        double used = 0;
        for (Dependency reader : readers) {
            Set<String> names = uses.used(share, reader.need());
            used += names.size();
            unused.removeAll(names);
        }
        double average = used / (readers.size() * (double) fields.size());
        if (average < Thresholds.LITTLE_USED && fields.size() >= Thresholds.FEW_FIELDS) {
            judgements.warning(
                    Rule.OVER_SHARING,
                    share.place(),
                    "readers of `" + share.id() + "` use " + Figures.number(average * 100) + "% of its " + fields.size()
                            + " fields on average (split it by what is used together, or leave out what nobody uses)");
        } else if (unused.size() > Thresholds.MUCH_UNUSED * fields.size()) {
            judgements.note(
                    Rule.OVER_SHARING,
                    share.place(),
                    "nobody uses "
                            + unused.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")) + " of `"
                            + share.id() + "` (leave out what no reader needs)");
        }
    }

    /** An event with one reader, whose answer comes back as an event with the same key. */
    private void command(Share share) {
        List<Dependency> readers = structure.ofItem(share.id());
        if (!(share.content() instanceof Content.Events events) || readers.size() != 1) {
            return;
        }
        ServicePlan reader = structure.service(readers.getFirst().reader());
        for (Share reply : reader.shares()) {
            if (reply.content() instanceof Content.Events replied
                    && replied.key().equals(events.key())
                    && isOnlyRead(reply, share.id().owner())
                    && isFirst(share, reply)) {
                judgements.warning(
                        Rule.EVENT_AS_COMMAND,
                        share.place(),
                        "`" + share.id() + "` has one reader, `" + reader.name() + "`, which answers with `"
                                + reply.id()
                                + "` (share it as a request, to be asked or told: an event is for whoever wants it)");
                return;
            }
        }
    }

    private boolean isOnlyRead(Share reply, String by) {
        return structure.ofItem(reply.id()).stream()
                .map(Dependency::reader)
                .toList()
                .equals(List.of(by));
    }

    /** Of two events that each have the other's owner for their only reader, one is told of. */
    private static boolean isFirst(Share share, Share reply) {
        return share.id().compareTo(reply.id()) < 0;
    }

    private void passedThrough(Share share) {
        Map<String, String> fields = uses.fields(share);
        if (share.kind() == ItemKind.REQUEST || fields.size() < 2) {
            return;
        }
        for (Dependency source : structure.ofReader(share.id().owner())) {
            if (source.share().kind() == share.kind() && isRead(fields, source)) {
                judgements.warning(
                        Rule.PASS_THROUGH_ITEM,
                        share.place(),
                        "`" + share.id() + "` repeats what `" + share.id().owner() + "` reads of `"
                                + source.share().id() + "`, which makes a second truth"
                                + " (let its readers need the source, or share only what is added)");
                return;
            }
        }
    }

    /** Whether a need reads all these fields, with the same types. */
    private boolean isRead(Map<String, String> fields, Dependency source) {
        return uses.fields(source.share()).entrySet().containsAll(fields.entrySet())
                && uses.used(source.share(), source.need()).containsAll(fields.keySet());
    }

    private void intimate(ServicePlan reader) {
        Map<String, List<Dependency>> byOwner = structure.ofReader(reader.name()).stream()
                .collect(Collectors.groupingBy(Dependency::owner, LinkedHashMap::new, Collectors.toList()));
        byOwner.values().removeIf(needs -> needs.size() <= Thresholds.INTIMATE_ITEMS);
        byOwner.forEach((owner, needs) -> {
            int all = structure.service(owner).shares().stream()
                    .mapToInt(share -> uses.fields(share).size())
                    .sum();
            int used = needs.stream()
                    .mapToInt(each -> uses.used(each.share(), each.need()).size())
                    .sum();
            if (used > Thresholds.INTIMATE_FIELDS * all) {
                judgements.warning(
                        Rule.INTIMATE_PAIR,
                        needs.getFirst().need().place(),
                        "`" + reader.name() + "` uses " + needs.size() + " items of `" + owner + "` and "
                                + Figures.number(100.0 * used / all) + "% of their fields"
                                + " (are they one service, or does one of them own what belongs to the other?)");
            }
        });
    }
}
