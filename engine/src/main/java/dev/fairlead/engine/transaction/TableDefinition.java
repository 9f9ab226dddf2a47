package dev.fairlead.engine.transaction;

import java.util.List;

/**
 * A table of Fairlead's: how it is looked at, and how it is created.
 *
 * @param look a query that returns nothing, and fails when the table or a column is missing
 */
record TableDefinition(String name, String look, List<String> statements) {
    static List<TableDefinition> outbox(Dialect dialect) {
        return List.of(
                new TableDefinition(
                        "fairlead_outbox_items",
                        "SELECT item, epoch, holder, lease_until FROM fairlead_outbox_items WHERE 1 = 0",
                        List.of(
                                "CREATE TABLE IF NOT EXISTS fairlead_outbox_items (item varchar(100) PRIMARY KEY,"
                                        + " epoch bigint NOT NULL, holder varchar(100) NOT NULL, lease_until bigint NOT NULL)")),
                new TableDefinition(
                        "fairlead_outbox_keys",
                        "SELECT item, record_key, version, touched FROM fairlead_outbox_keys WHERE 1 = 0",
                        List.of("CREATE TABLE IF NOT EXISTS fairlead_outbox_keys (item varchar(100) NOT NULL,"
                                + " record_key " + dialect.keyType + " NOT NULL, version bigint NOT NULL,"
                                + " touched bigint NOT NULL, PRIMARY KEY (item, record_key))")),
                new TableDefinition(
                        "fairlead_outbox",
                        "SELECT place, item, record_key, version, token, event_type, payload, origin, created"
                                + " FROM fairlead_outbox WHERE 1 = 0",
                        List.of(
                                "CREATE TABLE IF NOT EXISTS fairlead_outbox (place bigint GENERATED ALWAYS AS IDENTITY"
                                        + " PRIMARY KEY, item varchar(100) NOT NULL, record_key " + dialect.keyType
                                        + " NOT NULL, version bigint NOT NULL, token bigint NOT NULL,"
                                        + " event_type varchar(255) NOT NULL, payload " + dialect.payloadType
                                        + " NOT NULL, origin " + dialect.keyType
                                        + " NOT NULL, created bigint NOT NULL, UNIQUE (item, record_key, version))",
                                "CREATE INDEX IF NOT EXISTS fairlead_outbox_order ON fairlead_outbox (item, place)")));
    }

    static List<TableDefinition> inbox(Dialect dialect) {
        return List.of(new TableDefinition(
                "fairlead_inbox",
                "SELECT item, group_name, record_key, version, epoch, touched FROM fairlead_inbox WHERE 1 = 0",
                List.of("CREATE TABLE IF NOT EXISTS fairlead_inbox (item varchar(100) NOT NULL,"
                        + " group_name varchar(100) NOT NULL, record_key " + dialect.keyType + " NOT NULL,"
                        + " version bigint NOT NULL, epoch bigint NOT NULL, touched bigint NOT NULL,"
                        + " PRIMARY KEY (item, group_name, record_key))")));
    }
}
