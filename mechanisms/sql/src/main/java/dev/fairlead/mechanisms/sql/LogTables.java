package dev.fairlead.mechanisms.sql;

/** The tables of logs on one server. */
final class LogTables {
    private final Server server;
    private final LogRows logs;
    private final RecordRows records;
    private final PositionRows positions;
    private final LogErasure erasure;

    LogTables(Server server) {
        this.server = server;
        this.logs = new LogRows(server.database(), server.tables());
        this.records = new RecordRows(server.database(), logs, server.tables());
        this.positions = new PositionRows(server.database(), server.tables());
        this.erasure = new LogErasure(server.database(), logs, server.tables());
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
}
