package dev.fairlead.generate;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of one service: one for a state item, one for each event of an event item. */
final class SqlTables {
    private static final String SEQUENCE = "sequence";

    private final StringBuilder text = new StringBuilder();

    private SqlTables() {}

    /** Nothing when the service owns neither. */
    static String of(List<Seen> seen) {
        SqlTables tables = new SqlTables();
        seen.stream().filter(Seen::isOwn).forEach(tables::add);
        return tables.text.toString();
    }

    /** The name of the table, with its schema. */
    static String table(Seen item) {
        return SqlNames.name(item.id().owner()) + "." + SqlNames.name(item.id().name());
    }

    /** The name of the table of one event, with its schema. */
    static String table(Seen item, String event) {
        return SqlNames.name(item.id().owner()) + "." + SqlNames.name(item.id().name() + "." + event);
    }

    /** The columns of an event's table beside its fields: the order of the events, and the key where no field holds it. */
    static List<String> ownColumns(Content.Events events, Fields fields) {
        List<String> names = new ArrayList<>(fields.names());
        List<String> columns = new ArrayList<>();
        if (!names.contains(events.key())) {
            columns.add(events.key());
        }
        columns.add(names.contains(SEQUENCE) || columns.contains(SEQUENCE) ? SEQUENCE + "~" : SEQUENCE);
        return columns;
    }

    private void add(Seen item) {
        switch (item.content()) {
            case Content.State state -> {
                List<String> lines = lines(state.fields());
                lines.add("PRIMARY KEY (" + SqlNames.name(state.key()) + ")");
                table(table(item), item.description(), lines, state.fields());
            }
            case Content.Events events ->
                events.events().forEach((event, fields) -> {
                    List<String> lines = new ArrayList<>();
                    List<String> own = ownColumns(events, fields);
                    lines.add(SqlNames.name(own.getLast()) + " bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
                    if (own.size() > 1) {
                        FieldType type =
                                Keys.ofEvents(events).stream().findFirst().orElse(FieldType.Scalar.STRING);
                        lines.add(SqlNames.name(own.getFirst()) + " " + type(type) + " NOT NULL");
                    }
                    lines.addAll(lines(fields));
                    table(table(item, event), item.description(), lines, fields);
                });
            case Content.Request request -> {}
        }
    }

    private void table(String name, String description, List<String> lines, Fields fields) {
        text.append("\nCREATE TABLE ").append(name).append(" (\n  ");
        text.append(String.join(",\n  ", lines)).append("\n);\n");
        text.append("COMMENT ON TABLE ").append(name).append(" IS ");
        text.append(SqlNames.literal(description)).append(";\n");
        for (Field field : fields.list()) {
            String remarks = Remarks.of(field, DataClass.INTERNAL);
            if (!remarks.isEmpty()) {
                text.append("COMMENT ON COLUMN ").append(name).append('.').append(SqlNames.name(field.name()));
                text.append(" IS ").append(SqlNames.literal(remarks)).append(";\n");
            }
        }
    }

    private static List<String> lines(Fields fields) {
        return fields.list().stream().map(SqlTables::line).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String line(Field field) {
        String name = SqlNames.name(field.name());
        StringBuilder line =
                new StringBuilder(name).append(' ').append(type(field.type().required()));
        if (!field.type().isOptional()) {
            line.append(" NOT NULL");
        }
        if (field.type().required() instanceof FieldType.Symbols(List<String> symbols)) {
            line.append(" CHECK (").append(name).append(" IN (");
            line.append(symbols.stream().map(SqlNames::literal).collect(Collectors.joining(", ")));
            line.append("))");
        }
        return line.toString();
    }

    private static String type(FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar ->
                switch (scalar) {
                    case STRING -> "text";
                    case BOOL -> "boolean";
                    case INT32 -> "integer";
                    case INT64 -> "bigint";
                    case FLOAT64 -> "double precision";
                    case INSTANT -> "timestamptz";
                    case DATE -> "date";
                    case DURATION -> "interval";
                    case UUID -> "uuid";
                    case BYTES -> "bytea";
                };
            case FieldType.Decimal(int precision, int scale) -> "numeric(" + precision + ", " + scale + ")";
            case FieldType.Symbols symbols -> "text";
            default -> "jsonb";
        };
    }
}
