package dev.fairlead.mechanisms.sql;

/** The tables of logs on one server. */
final class LogTables {
    private final Server server;
    private final LogRows logs;
    private final RecordRows records;
    private final PositionRows positions;
    private final LogErasure erasure;
    private final SearchedClaims claims;
    private final Finds finds;

    LogTables(Server server) {
        this.server = server;
        this.logs = new LogRows(server.database(), server.tables());
        this.records = new RecordRows(server.database(), logs, server.tables());
        this.positions = new PositionRows(server.database(), server.tables());
        this.erasure = new LogErasure(server.database(), logs, server.tables());
        this.claims = new SearchedClaims(server, logs, records);
        this.finds = new Finds(server.database(), records, server.tables());
    }

    Server server() {
        return server;
    }

    LogRows logs() {
        return logs;
    }

    RecordRows records() {
        return records;
    }

    PositionRows positions() {
        return positions;
    }

    LogErasure erasure() {
        return erasure;
    }

    SearchedClaims claims() {
        return claims;
    }

    Finds finds() {
        return finds;
    }
}
