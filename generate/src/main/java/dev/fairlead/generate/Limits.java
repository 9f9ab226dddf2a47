package dev.fairlead.generate;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import java.util.ArrayList;
import java.util.List;

/** What Java cannot hold of what a service sees. */
final class Limits {
    private final Seen item;
    private final List<Refusal> refusals = new ArrayList<>();

    private Limits(Seen item) {
        this.item = item;
    }

    static List<Refusal> ofJava(Seen item) {
        Limits limits = new Limits(item);
        switch (item.content()) {
            case Content.State state -> limits.record("", state.fields());
            case Content.Events events -> {
                limits.key((Content.Events) item.share().content());
                events.events().forEach((event, fields) -> limits.record(" in " + event, fields));
            }
            case Content.Request request -> {
                limits.record(" in its question", request.question());
                Fields answer = request.answer();
                limits.record(" in its answer", answer == null ? Fields.NONE : answer);
            }
        }
        return limits.refusals;
    }

    private void key(Content.Events events) {
        List<FieldType> types = Keys.ofEvents(events);
        if (types.size() > 1) {
            String texts =
                    String.join(" and ", types.stream().map(FieldType::text).toList());
            refuse("the key " + events.key() + " of " + item.id() + " is " + texts
                    + " in its events, and no Java type holds both (use one type)");
        }
    }

    private void record(String where, Fields fields) {
        if (fields.list().size() > ItemTypes.MAX_COMPONENTS) {
            refuse(item.id() + " has " + fields.list().size() + " fields" + where + ", and a Java record at most "
                    + ItemTypes.MAX_COMPONENTS
                    + " (split it, let this reader use fewer, or leave java out with --only)");
        }
        for (Field field : fields.list()) {
            type(where + " in " + field.name(), field.type());
        }
    }

    private void type(String where, FieldType type) {
        switch (type) {
            case FieldType.ListOf(FieldType element) -> type(where, element);
            case FieldType.MapOf(FieldType value) -> type(where, value);
            case FieldType.Optional(FieldType required) -> type(where, required);
            case FieldType.RecordOf(Fields fields) -> record(where, fields);
            case FieldType.Union union ->
                union.variants().forEach((name, fields) -> record(where + "." + name, fields));
            case FieldType.Scalar scalar -> {}
            case FieldType.Decimal decimal -> {}
            case FieldType.Symbols symbols -> {}
        }
    }

    private void refuse(String message) {
        refusals.add(new Refusal(item.place(), message));
    }
}
