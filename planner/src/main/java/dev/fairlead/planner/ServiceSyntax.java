package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the file of one service. */
final class ServiceSyntax {
    private static final Set<String> KNOWN = new LinkedHashSet<>(
            List.of("service", "team", "context", "availability", "instances", "clearance", "shares", "needs"));

    private final Section section;
    private final Unread unread;
    private final Findings findings;

    private ServiceSyntax(Section section, Unread unread) {
        this.section = section;
        this.unread = unread;
        this.findings = section.findings();
    }

    /** The service, or null when not even its name can be read. */
    static @Nullable ServicePlan read(String file, Node root, Unread unread, Findings findings) {
        if (isLandscape(root)) {
            findings.error(
                    Rule.UNKNOWN_KEY,
                    root.place(),
                    "this is a landscape and not a service (put it into the first folder as landscape.yaml, or name it"
                            + " with --landscape)");
            return null;
        }
        Section section = Section.of("the service", Place.startOf(file), root, KNOWN, findings);
        return root instanceof Node.Mapping ? new ServiceSyntax(section, unread).read() : null;
    }

    private static boolean isLandscape(Node root) {
        if (!(root instanceof Node.Mapping mapping)) {
            return false;
        }
        List<String> keys =
                mapping.entries().stream().map(entry -> entry.key().text()).toList();
        return keys.contains("mechanisms") && !keys.contains("service");
    }

    private @Nullable ServicePlan read() {
        Located written = section.required("service", "begin the file with service: name");
        String name = written != null && PlanNames.check("a service", written, findings) ? written.text() : null;
        String owner = name == null ? "unnamed" : name;
        ServicePlan.Team team = new ServicePlan.Team(section.plainText("team"), section.plainText("context"));
        DataClass clearance = section.word("clearance", DataClass.class);
        Quantity availability = section.share("availability");
        Quantity instances = section.positive("instances", Measure.COUNT);
        List<Share> shares = shares(owner);
        List<Need> needs = needs(owner);
        return name == null
                ? null
                : new ServicePlan(
                        name,
                        team,
                        availability,
                        instances,
                        clearance == null ? DataClass.INTERNAL : clearance,
                        shares,
                        needs,
                        section.placeOf("service"));
    }

    private List<Share> shares(String owner) {
        List<Share> shares = new ArrayList<>();
        Section written = section.names("shares");
        for (Node.Entry entry : written == null ? List.<Node.Entry>of() : written.entries()) {
            Located name = new Located(entry.key().text(), entry.key().place());
            if (isOthers(owner, name) || !PlanNames.check("an item", name, findings)) {
                continue;
            }
            ItemId id = new ItemId(owner, name.text());
            Share share = ShareSyntax.read(id, entry, findings);
            if (share == null) {
                unread.item(id);
            } else {
                shares.add(share);
            }
        }
        return shares;
    }

    /** Whether the share names an item of another service, which is then reported. */
    private boolean isOthers(String owner, Located name) {
        int dot = name.text().indexOf('.');
        String other = dot < 0 ? owner : name.text().substring(0, dot);
        if (other.equals(owner) || !PlanNames.isName(other)) {
            return false;
        }
        findings.error(
                Rule.TWO_OWNERS,
                name.place(),
                "the item " + Printable.quoted(name.text()) + " belongs to "
                        + Printable.quoted(other)
                        + ", and an item has one owner (share an item of"
                        + " its own, or need that one)");
        return true;
    }

    private List<Need> needs(String reader) {
        List<Need> needs = new ArrayList<>();
        Section written = section.names("needs");
        for (Node.Entry entry : written == null ? List.<Node.Entry>of() : written.entries()) {
            Need need = NeedSyntax.read(reader, entry, findings);
            if (need != null) {
                needs.add(need);
            }
        }
        return needs;
    }
}
