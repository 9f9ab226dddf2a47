package dev.fairlead.generate;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.SchemaHash;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Located;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One item as one service sees it, or some outside clients.
 *
 * @param need null when the service owns it, or when clients see it
 * @param view what outside clients see; null for services
 * @param searched the fields of a state item besides its key by which it may be looked up
 * @param content what is got of it: as its owner all, else what it uses; a question always has all of its fields
 */
public record Seen(
        Share share, @Nullable Need need, @Nullable OutsideView view, Set<String> searched, Content content) {

    /** The items that the service owns, in the order of its file, then those that it needs. */
    public static List<Seen> of(ServicePlan service, Plan plan) {
        List<Seen> all = new ArrayList<>();
        service.shares().forEach(share -> all.add(own(share, plan)));
        for (Need need : service.needs()) {
            Share share =
                    plan.item(need.item()).orElseThrow(() -> new IllegalStateException("a plan has every needed item"));
            Set<String> searched = need.load().by().stream().map(Located::text).collect(Collectors.toSet());
            all.add(new Seen(share, need, null, searched, used(share.content(), need, plan)));
        }
        return all;
    }

    /** What the plan exposes to outside clients of this name. */
    public static List<Seen> outside(String clients, Plan plan) {
        return plan.items().stream()
                .flatMap(share ->
                        share
                                .view(clients)
                                .map(view -> new Seen(share, null, view, Set.of(), view.of(share.content())))
                                .stream())
                .toList();
    }

    /** All items of the plan, each as its owner sees it. */
    public static List<Seen> everything(Plan plan) {
        return plan.items().stream().map(share -> own(share, plan)).toList();
    }

    private static Seen own(Share share, Plan plan) {
        return new Seen(share, null, null, plan.searchedFields(share.id()), share.content());
    }

    /** Grows with nothing: the beginning of a hash of all these items. */
    public static String version(List<Seen> items) {
        String shapes = items.stream()
                .map(item -> item.id() + " " + item.content().schemaText())
                .collect(Collectors.joining("\n"));
        return SchemaHash.of(shapes).hex().substring(0, 12);
    }

    private static Content used(Content content, Need need, Plan plan) {
        return switch (content) {
            case Content.State state -> new Content.State(state.key(), plan.usedFields(need));
            case Content.Events events -> new Content.Events(events.key(), events.used(need));
            case Content.Request request ->
                new Content.Request(
                        request.question(),
                        request.answer() == null ? null : plan.usedFields(need),
                        request.deadline(),
                        request.idempotent(),
                        request.delivery(),
                        request.key());
        };
    }

    /** Who sees it. */
    String service() {
        return need == null ? share.id().owner() : need.reader();
    }

    /** The item's id. */
    public ItemId id() {
        return share.id();
    }

    /** Whether who sees it is its owner. */
    public boolean isOwn() {
        return need == null && view == null;
    }

    /** Whether who sees it is outside. */
    public boolean isOutside() {
        return view != null;
    }

    /** Of what is written by the service the closed form, of what it reads the open one. */
    public SchemaNodes form() {
        return isOwn() ? SchemaNodes.CLOSED : SchemaNodes.OPEN;
    }

    /** Of a question: who asks writes it, so that the views are turned round. */
    public SchemaNodes questionForm() {
        return isOwn() ? SchemaNodes.OPEN : SchemaNodes.CLOSED;
    }

    /** Whose plan file speaks of it here. */
    Place place() {
        return need == null ? share.place() : need.place();
    }

    /** One sentence: what it is and, for a reader, why it is read. */
    public String description() {
        String what = "The " + share.kind().word() + " item " + id();
        if (view != null) {
            String only = view.only().isEmpty() ? "" : " Only those with " + view.filterText() + ".";
            return what + ", as " + view.clients() + " see it." + only;
        }
        if (need == null) {
            return what + ", as its owner writes it.";
        }
        String why = need.why();
        return what + ", as " + need.reader() + " uses it" + (why == null ? "." : ": " + why + ".");
    }

    /** The class of the most guarded field that is seen. */
    public DataClass highestClass() {
        return switch (content) {
            case Content.State state -> state.fields().highestClass();
            case Content.Events events -> highest(List.copyOf(events.events().values()));
            case Content.Request request ->
                highest(
                        request.answer() == null
                                ? List.of(request.question())
                                : List.of(request.question(), request.answer()));
        };
    }

    private static DataClass highest(List<Fields> parts) {
        return parts.stream()
                .map(Fields::highestClass)
                .reduce(DataClass.PUBLIC, (one, other) -> one.reaches(other) ? one : other);
    }
}
