package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.SearchedFields;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index of a log what its newest claim declares: drops what nobody declares any more, and fills in what is new.
 *
 * <p>In pieces, each a transaction that holds the log's row and is refused when the log was claimed since. The claimant does not append
 * meanwhile, so the records stand still. A claim that was broken off leaves an unfinished field, which the next one drops.
 */
final class SearchedClaims {
    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 4L << 20;

    private final Server server;
    private final LogRows logs;
    private final RecordRows records;
    private final FieldRows fields;
    private final TextRows texts;

    SearchedClaims(Server server, LogRows logs, RecordRows records) {
        this.server = server;
        this.logs = logs;
        this.records = records;
        this.fields = new FieldRows(server.tables());
        this.texts = new TextRows(server.tables(), server.database().dialect());
    }

    /** Begins a new epoch, in which the declared fields that were whole before stay so. */
    Claimed claim(LogRow log, String owner, SearchedFields declared) {
        return server.workers()
                .call(() -> logs.claim(
                        log, owner, (connection, epoch) -> fields.carryOn(connection, log, epoch, declared.names())));
    }

    /** The index for the writer of the epoch; null when it declares no field, or was fenced meanwhile, which its first append tells. */
    @Nullable
    SearchIndex index(LogRow log, long epoch, SearchedFields declared) {
        try {
            return settle(log, epoch, declared);
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.FENCED) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable SearchIndex settle(LogRow log, long epoch, SearchedFields declared) {
        for (FieldRow field : alone(log, epoch, connection -> fields.of(connection, log))) {
            if (field.epoch() != epoch) {
                drop(log, epoch, field);
            }
        }
        if (declared.names().isEmpty()) {
            return null;
        }
        Map<String, Long> missing = alone(log, epoch, connection -> begin(connection, log, declared));
        if (!missing.isEmpty()) {
            fill(log, epoch, missing, declared);
            alone(log, epoch, connection -> {
                fields.finish(connection, log, epoch);
                return true;
            });
        }
        Map<String, Long> ids = new HashMap<>();
        alone(log, epoch, connection -> fields.of(connection, log)).forEach(field -> ids.put(field.name(), field.id()));
        return new SearchIndex(texts, log, declared, ids);
    }

    private <T> T alone(LogRow log, long epoch, Database.Work<T> work) {
        return server.workers()
                .call(() -> server.database()
                        .again("changing by which fields values of log " + log.name() + " are found", connection -> {
                            logs.lockedBy(connection, log, epoch);
                            return work.run(connection);
                        }));
    }

    private void drop(LogRow log, long epoch, FieldRow field) {
        while (alone(log, epoch, connection -> texts.dropSome(connection, field))) {
            // One piece after another.
        }
        alone(log, epoch, connection -> {
            fields.delete(connection, field);
            return true;
        });
    }

    /** The ids of the fields that are to be filled in, by their names; as many as there are after a repetition. */
    private Map<String, Long> begin(Connection connection, LogRow log, SearchedFields declared) throws SQLException {
        List<FieldRow> there = fields.of(connection, log);
        for (String name : declared.names()) {
            if (there.stream().noneMatch(field -> field.name().equals(name))) {
                fields.begin(connection, log, name);
            }
        }
        Map<String, Long> missing = new HashMap<>();
        for (FieldRow field : fields.of(connection, log)) {
            if (field.isUnfinished()) {
                missing.put(field.name(), field.id());
            }
        }
        return missing;
    }

    private void fill(LogRow log, long epoch, Map<String, Long> missing, SearchedFields declared) {
        Optional<Long> from = Optional.of(0L);
        while (from.isPresent()) {
            long begin = from.get();
            from = alone(log, epoch, connection -> fillSome(connection, log, missing, declared, begin));
        }
    }

    /** Where to go on, if there may be more. Superseded records are written too, and replaced by what comes behind. */
    private Optional<Long> fillSome(
            Connection connection, LogRow log, Map<String, Long> missing, SearchedFields declared, long from)
            throws SQLException {
        Optional<Long> first = records.firstEnds(connection, log, from, Long.MAX_VALUE);
        if (first.isEmpty()) {
            return first;
        }
        List<LogRecord> page = records.page(
                        connection, log, from, Long.MAX_VALUE, first.get() + MOST_BYTES, MOST_RECORDS)
                .records();
        texts.replace(connection, log, missing, page, declared);
        return Optional.of(
                page.isEmpty() ? from : page.getLast().offset() + 1); // retention may have taken it meanwhile
    }
}
