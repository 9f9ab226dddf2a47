package dev.fairlead.mechanisms.embedded;

import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;

/** An open RocksDB with its column families, in the order of {@link Family}. */
record Handles(RocksDB database, List<ColumnFamilyHandle> families) implements AutoCloseable {
    ColumnFamilyHandle family(Family family) {
        return families.get(family.ordinal());
    }

    @Override
    public void close() {
        families.forEach(RocksObject::close);
        database.close();
    }
}
