package dev.fairlead.generate;

import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.util.List;

/** The PostgreSQL scripts of one service: its tables, to be run once, and what its readers may read, to be run after each change. */
final class SqlFiles {
    private SqlFiles() {}

    /** Nothing when the service owns no state and no events. */
    static List<GeneratedFile> of(ServicePlan service, List<Seen> seen, Plan plan) {
        String tables = SqlTables.of(seen);
        if (tables.isEmpty()) {
            return List.of();
        }
        String schema = SqlNames.name(service.name());
        String created = "-- The tables of " + service.name()
                + " for PostgreSQL. Run once: a later change is a migration of yours.\n"
                + "BEGIN;\n\nCREATE SCHEMA IF NOT EXISTS " + schema + ";\n" + tables + "\nCOMMIT;\n";
        String granted =
                "-- What readers may read of " + service.name() + ". Run again after each change of the plan.\n"
                        + "BEGIN;\n" + SqlGrants.of(service, plan) + "\nCOMMIT;\n";
        return List.of(new GeneratedFile("tables.sql", created), new GeneratedFile("readers.sql", granted));
    }
}
