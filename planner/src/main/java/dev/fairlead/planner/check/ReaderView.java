package dev.fairlead.planner.check;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one reader reads of one record: the fields that its need names, in the version that it was planned with.
 *
 * <p>An enum for which the need names a symbol to take unknown ones for is read as text: any symbol will do.
 */
final class ReaderView {
    private final Need need;
    private final String prefix;

    private ReaderView(Need need, String prefix) {
        this.need = need;
        this.prefix = prefix;
    }

    /** Of a state item or of the answer to a request. */
    static ReaderView of(Need need) {
        return new ReaderView(need, "");
    }

    /** Of one event. */
    static ReaderView ofEvent(Need need, String event) {
        return new ReaderView(need, event + ".");
    }

    /** Whether it reads all fields, also those that are to come. */
    boolean isWhole() {
        boolean namesEvent = !prefix.isEmpty() && need.usedNames().contains(prefix.substring(0, prefix.length() - 1));
        return need.uses().isEmpty() || namesEvent;
    }

    /** The fields that it reads of {@code own} and, where these lack one that it names, of {@code before}. */
    Fields of(Fields own, Fields before) {
        List<Field> read = new ArrayList<>();
        for (String name : isWhole() ? own.names() : named()) {
            Optional<Field> field = own.field(name).or(() -> before.field(name));
            field.map(this::tolerant).ifPresent(read::add);
        }
        return new Fields(read);
    }

    private List<String> named() {
        return need.usedNames().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private Field tolerant(Field field) {
        boolean isEnum = field.type().required() instanceof FieldType.Symbols;
        if (!isEnum || !need.unknownSymbols().containsKey(prefix + field.name())) {
            return field;
        }
        FieldType text = FieldType.Scalar.STRING;
        FieldType read = field.type().isOptional() ? new FieldType.Optional(text) : text;
        return new Field(field.name(), read, field.dataClass(), field.meaning(), field.defaultText());
    }
}
