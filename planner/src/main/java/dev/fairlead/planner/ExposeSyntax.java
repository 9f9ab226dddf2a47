package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.input.Nearest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code expose}: which outside clients get a view of an item, and what each shows. */
final class ExposeSyntax {
    static final String KEY = "expose";

    private static final int MOST_VIEWS = 100;
    private static final int MOST_FILTERS = 8;
    private static final long MOST_CALLS = 1_000_000_000;
    private static final Set<String> KNOWN = new LinkedHashSet<>(
            List.of("fields", "names", "only", "clearance", "rate", "quota", "deprecated", "sunset"));
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z][A-Za-z0-9_.:/-]{0,127}");
    private static final Map<String, Duration> WINDOWS = Map.of(
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "day", Duration.ofDays(1));

    private final ItemId item;
    private final Content content;
    private final Findings findings;

    private ExposeSyntax(ItemId item, Content content, Findings findings) {
        this.item = item;
        this.content = content;
        this.findings = findings;
    }

    /** The views of a share; none when it says of none, or of none that can be read. */
    static List<OutsideView> read(ItemId item, Section share, Content content) {
        Section written = share.names(KEY);
        if (written == null) {
            return List.of();
        }
        Findings findings = share.findings();
        if (content instanceof Content.Request) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    written.place(),
                    "`" + KEY + "` does not belong to a share of kind request (remove it, or share state or events)");
            return List.of();
        }
        return new ExposeSyntax(item, content, findings).views(written);
    }

    private List<OutsideView> views(Section written) {
        List<OutsideView> views = new ArrayList<>();
        for (Node.Entry entry : written.entries()) {
            Located name = new Located(entry.key().text(), entry.key().place());
            if (views.size() == MOST_VIEWS) {
                findings.error(
                        Rule.TOO_LARGE,
                        name.place(),
                        "`" + item + "` has more than " + MOST_VIEWS + " views (join some)");
                break;
            }
            if (PlanNames.check("outside clients", name, findings)) {
                views.add(view(name.text(), entry));
            }
        }
        return views;
    }

    private OutsideView view(String clients, Node.Entry entry) {
        Section section = Section.of("view `" + clients + "`", entry.key().place(), entry.value(), KNOWN, findings);
        DataClass written = section.word("clearance", DataClass.class);
        DataClass clearance = Objects.requireNonNullElse(written, DataClass.PUBLIC);
        Map<String, List<OutsideView.Shown>> shown = new ShownSyntax(item, section, clearance, records()).read();
        refuseGuardedKey(section, clearance, shown);
        return new OutsideView(
                item,
                clients,
                shown,
                filters(section, shown.keySet()),
                clearance,
                new OutsideView.Limits(allowance(section, "rate"), allowance(section, "quota")),
                ending(section),
                section.place());
    }

    private Map<String, Fields> records() {
        return switch (content) {
            case Content.State state -> Map.of(OutsideView.STATE, state.fields());
            case Content.Events events -> events.events();
            case Content.Request request -> Map.of();
        };
    }

    /** The key stands in addresses and pages, whether it is shown as a field or not. */
    private void refuseGuardedKey(Section section, DataClass clearance, Map<String, List<OutsideView.Shown>> shown) {
        if (content instanceof Content.State state
                && shown.getOrDefault(OutsideView.STATE, List.of()).stream()
                        .noneMatch(each -> each.field().equals(state.key()))
                && !clearance.reaches(state.keyField().highestClass())) {
            String word = state.keyField().highestClass().word();
            findings.error(
                    Rule.EXPOSED_ABOVE_CLEARANCE,
                    section.place(),
                    "the key `" + state.key() + "` of `" + item + "` is " + word + ", and whoever gets a value gets its"
                            + " key, but the view may show " + clearance.word() + " data (add `clearance: " + word
                            + "` to the view)");
        }
    }

    private List<OutsideView.Filter> filters(Section section, Set<String> events) {
        List<OutsideView.Filter> filters = new ArrayList<>();
        Section only = section.names("only");
        if (only == null) {
            return filters;
        }
        for (Node.Entry entry : only.entries()) {
            Located field = new Located(entry.key().text(), entry.key().place());
            Located claim = only.text(field.text());
            if (claim == null) {
                continue;
            }
            if (!CLAIM.matcher(claim.text()).matches()) {
                findings.error(
                        Rule.BAD_NAME,
                        claim.place(),
                        Printable.quoted(claim.text())
                                + " cannot name a claim (use a letter, then up to 127 letters, digits or _.:/-)");
            }
            if (filters.size() == MOST_FILTERS) {
                findings.error(
                        Rule.TOO_LARGE,
                        field.place(),
                        "`only` has more than " + MOST_FILTERS + " fields (leave some out)");
                break;
            }
            if (isComparable(field, events)) {
                filters.add(new OutsideView.Filter(field.text(), claim.text(), field.place()));
            }
        }
        if (only.entries().isEmpty()) {
            findings.error(
                    Rule.BAD_VALUE,
                    only.place(),
                    "`only` is empty (write `field: claim`, or remove it to show all values)");
        }
        return filters;
    }

    private boolean isComparable(Located field, Set<String> events) {
        return switch (content) {
            case Content.State state -> isComparable(field, state.fields(), "`" + item + "`");
            case Content.Events all when field.text().equals(all.key()) -> true;
            case Content.Events all -> {
                boolean areAll = true;
                for (String event : events) {
                    Fields fields = all.events().getOrDefault(event, Fields.NONE);
                    areAll &= isComparable(field, fields, "the event `" + event + "` of `" + item + "`");
                }
                yield areAll;
            }
            case Content.Request request -> false;
        };
    }

    private boolean isComparable(Located field, Fields fields, String owner) {
        Field found = fields.field(field.text()).orElse(null);
        if (found == null) {
            findings.error(
                    Rule.UNKNOWN_FIELD,
                    field.place(),
                    "`only` tells values apart by a field, and " + owner + " has no field "
                            + Printable.quoted(field.text()) + " (" + Nearest.remedy(field.text(), fields.names())
                            + ")");
            return false;
        }
        if (!isComparable(found.type().required())) {
            findings.error(
                    Rule.BAD_TYPE,
                    field.place(),
                    "the field `" + field.text() + "` of type "
                            + Printable.shortened(found.type().text())
                            + " cannot be compared with a claim (a field of `only` is string, int32, int64, uuid, bool or"
                            + " enum)");
            return false;
        }
        return true;
    }

    private static boolean isComparable(FieldType type) {
        return switch (type) {
            case FieldType.Symbols symbols -> true;
            case FieldType.Scalar scalar ->
                switch (scalar) {
                    case STRING, INT32, INT64, UUID, BOOL -> true;
                    case FLOAT64, INSTANT, DATE, DURATION, BYTES -> false;
                };
            default -> false;
        };
    }

    private OutsideView.@Nullable Allowance allowance(Section section, String key) {
        Quantity rate = section.positive(key, Measure.RATE);
        if (rate == null) {
            return null;
        }
        Duration window = WINDOWS.get(rate.text().substring(rate.text().lastIndexOf('/') + 1));
        double calls = window == null ? 0 : rate.low() * window.toSeconds();
        long whole = Math.round(calls);
        if (rate.isRange() || whole < 1 || whole > MOST_CALLS || Math.abs(calls - whole) > 1e-6 * whole) {
            findings.error(
                    Rule.BAD_QUANTITY,
                    section.placeOf(key),
                    "`" + key + "` must be a whole number of calls in a time, up to " + MOST_CALLS
                            + " (write for example 10/s, 600/min or 5k/day)");
            return null;
        }
        return new OutsideView.Allowance(whole, Objects.requireNonNull(window));
    }

    private OutsideView.Ending ending(Section section) {
        LocalDate deprecated = date(section, "deprecated");
        LocalDate sunset = date(section, "sunset");
        if (deprecated != null && sunset != null && sunset.isBefore(deprecated)) {
            findings.error(
                    Rule.BAD_VALUE,
                    section.placeOf("sunset"),
                    "`sunset` is before `deprecated` (clients are told first; swap them, or move one)");
        }
        return new OutsideView.Ending(deprecated, sunset);
    }

    private @Nullable LocalDate date(Section section, String key) {
        Located text = section.text(key);
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text.text());
            if (date.getYear() >= 1970 && date.getYear() <= 9999) {
                return date;
            }
        } catch (DateTimeParseException bad) {
            // told below
        }
        findings.error(
                Rule.BAD_VALUE,
                text.place(),
                "`" + key + "` cannot be " + Printable.quoted(text.text())
                        + " (write a day from 1970 on, as 2027-01-31)");
        return null;
    }
}
