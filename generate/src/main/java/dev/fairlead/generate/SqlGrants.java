package dev.fairlead.generate;

import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each declared reader may read of the tables of one service: the columns of its {@code uses}, and no others.
 *
 * <p>All that readers had before is taken first, in the same transaction, so that a need that went out of the plan takes its grant along.
 */
final class SqlGrants {
    private final String schema;
    private final SortedMap<String, List<String>> byReader = new TreeMap<>();

    private SqlGrants(String schema) {
        this.schema = schema;
    }

    /** @param read the owner's items as others use them */
    static String of(String owner, List<Seen> read) {
        SqlGrants grants = new SqlGrants(owner);
        read.forEach(grants::add);
        return grants.text();
    }

    private void add(Seen item) {
        String reader = item.service();
        switch (item.content()) {
            case Content.State state ->
                grant(reader, SqlTables.table(item), state.fields().names());
            case Content.Events events ->
                events.events().forEach((event, used) -> {
                    Content.Events whole = (Content.Events) item.share().content();
                    Fields all = whole.events().getOrDefault(event, Fields.NONE);
                    List<String> columns = new ArrayList<>(SqlTables.ownColumns(whole, all));
                    columns.addAll(used.names());
                    grant(reader, SqlTables.table(item, event), columns);
                });
            case Content.Request request -> {}
        }
    }

    private void grant(String reader, String table, List<String> columns) {
        String names = columns.stream().map(SqlNames::name).collect(Collectors.joining(", "));
        byReader.computeIfAbsent(reader, absent -> new ArrayList<>())
                .add("GRANT SELECT (" + names + ")\n  ON " + table + " TO " + SqlNames.role(reader) + ";\n");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        byReader.keySet().forEach(reader -> text.append(role(reader)));
        text.append(nothingLeft());
        byReader.forEach((reader, grants) -> {
            text.append("\nGRANT USAGE ON SCHEMA ").append(SqlNames.name(schema));
            text.append(" TO ").append(SqlNames.role(reader)).append(";\n");
            grants.forEach(text::append);
        });
        return text.toString();
    }

    private static String role(String reader) {
        return """

                DO $do$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %s) THEN
                    CREATE ROLE %s NOLOGIN;
                  END IF;
                END $do$;
                """.formatted(SqlNames.literal(SqlNames.ROLE_PREFIX + reader), SqlNames.role(reader));
    }

    private String nothingLeft() {
        return """

                DO $do$
                DECLARE
                  reader name;
                BEGIN
                  FOR reader IN SELECT rolname FROM pg_roles WHERE starts_with(rolname::text, %1$s) LOOP
                    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %%I FROM %%I', %2$s, reader);
                    EXECUTE format('REVOKE ALL ON SCHEMA %%I FROM %%I', %2$s, reader);
                  END LOOP;
                END $do$;
                """.formatted(SqlNames.literal(SqlNames.ROLE_PREFIX), SqlNames.literal(schema));
    }
}
