package dev.fairlead.engine.transaction;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keys that are locked by a statement of its own, and then deleted one by one. As a part of the deletion they would be read and locked again
 * for each row of the table: by H2 always, and by PostgreSQL as it plans for a table that it knows little of.
 */
final class LockedKeys {
    private LockedKeys() {}

    /**
     * Deletes them; returns how many.
     *
     * @param lock selects and locks keys
     * @param delete complete but for the key
     * @param key the number of its parameter
     */
    static int delete(PreparedStatement lock, PreparedStatement delete, int key) throws SQLException {
        int deleted = 0;
        try (ResultSet locked = lock.executeQuery()) {
            while (locked.next()) {
                delete.setBytes(key, locked.getBytes(1));
                delete.addBatch();
                deleted++;
            }
        }
        delete.executeBatch();
        return deleted;
    }
}
