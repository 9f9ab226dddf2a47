package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB's own API: one put per record, one write per batch, as a user who needs no more would write it. */
final class RocksAppender implements Appender {
    private final Options options =
            new Options().setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION);
    private final WriteOptions write;
    private final RocksDB database;
    private long next;

    RocksAppender(Path folder, FileAppender.Force force) throws RocksDBException {
        this.write = new WriteOptions().setSync(force == FileAppender.Force.EACH_BATCH);
        this.database = RocksDB.open(options, folder.resolve("rocks").toString());
    }

    @Override
    public void append(List<LogEntry> batch) throws RocksDBException {
        try (WriteBatch puts = new WriteBatch()) {
            for (LogEntry entry : batch) {
                puts.put(ByteBuffer.allocate(Long.BYTES).putLong(next++).array(), Records.bytes(entry));
            }
            database.write(write, puts);
        }
    }

    @Override
    public long replay() throws RocksDBException {
        long records = 0;
        try (ReadOptions scan = new ReadOptions().setReadaheadSize(1 << 20);
                RocksIterator iterator = database.newIterator(scan)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                records += iterator.value().length == Records.SIZE ? 1 : 0;
            }
            iterator.status();
        }
        return records;
    }

    @Override
    public void close() {
        database.close();
        write.close();
        options.close();
    }
}
