package dev.fairlead.generate;

import java.util.List;

/** The PostgreSQL scripts of one service: its tables, to be run once, and what its readers may read, to be run after each change. */
final class SqlFiles {
    private SqlFiles() {}

    /** Nothing when the service owns no state and no events. */
    static List<GeneratedFile> of(String service, List<Seen> seen, List<Seen> read) {
        String tables = SqlTables.of(seen);
        if (tables.isEmpty()) {
            return List.of();
        }
        String schema = SqlNames.name(service);
        String created = "-- The tables of " + service
                + " for PostgreSQL. Run once: a later change is a migration of yours.\n"
                + "BEGIN;\n\nCREATE SCHEMA IF NOT EXISTS " + schema + ";\n" + tables + "\nCOMMIT;\n";
        String granted = "-- What readers may read of " + service + ". Run again after each change of the plan.\n"
                + "BEGIN;\n" + SqlGrants.of(service, read) + "\nCOMMIT;\n";
        return List.of(new GeneratedFile("tables.sql", created), new GeneratedFile("readers.sql", granted));
    }
}
