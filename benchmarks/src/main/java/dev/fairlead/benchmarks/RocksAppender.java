package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB's own API: one put per record, one write per batch, as a user who needs no more would write it. Many threads may append;
 * RocksDB then groups their writes by itself.
 */
final class RocksAppender implements Appender {
    private final Options options =
            new Options().setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION);
    private final WriteOptions write;
    private final RocksDB database;
    private final Records records;
    private final AtomicLong next = new AtomicLong();

    RocksAppender(Path folder, FileAppender.Force force, Records records) throws RocksDBException {
        this.records = records;
        this.write = new WriteOptions().setSync(force == FileAppender.Force.EACH_BATCH);
        this.database = RocksDB.open(options, folder.resolve("rocks").toString());
    }

    @Override
    public void append(List<LogEntry> batch) throws RocksDBException {
        try (WriteBatch puts = new WriteBatch()) {
            for (LogEntry entry : batch) {
                puts.put(key(next.getAndIncrement()), Records.bytes(entry));
            }
            database.write(write, puts);
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public long replay(Records.Look look) throws RocksDBException {
        return scan(0, look);
    }

    /** RocksDB tells nobody that there is more, so the reader looks again and again. */
    @Override
    public void follow(long wanted) throws RocksDBException {
        long seen = 0;
        long at = -1;
        while (seen < wanted) {
            long now = database.getLatestSequenceNumber();
            if (now != at) {
                at = now;
                seen = scan(seen, Records.Look.BOTH_ENDS);
            }
        }
    }

    private long scan(long from, Records.Look look) throws RocksDBException {
        long number = from;
        try (ReadOptions scan = new ReadOptions().setReadaheadSize(1 << 20);
                RocksIterator iterator = database.newIterator(scan)) {
            for (iterator.seek(key(from)); iterator.isValid(); iterator.next()) {
                records.verify(number, iterator.value(), look);
                number++;
            }
            iterator.status();
        }
        return number;
    }

    @Override
    public void close() {
        database.close();
        write.close();
        options.close();
    }
}
