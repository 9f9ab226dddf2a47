package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.HashLinkedListMemTableConfig;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksMemEnv;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/** RocksDB's options for this use: few big values written in order, small side tables; owns their native objects. */
final class Tuning implements AutoCloseable {
    private static final long CACHE = 32L << 20;
    private static final long SMALL_BUFFER = 1L << 20;
    private static final int TABLE_BLOCK = 64 * 1024;
    private static final int SMALL_TABLE_BLOCK = 8 * 1024;
    private static final int BITS_PER_KEY = 10;
    private static final int BUFFERS_OF_BLOCKS = 4;
    private static final int REUSED_LOGS = 4;
    private static final int BUFFERS_OF_MESSAGES = 2;
    private static final int BYTES_PER_BUCKET = 256;
    private static final int LONGEST_KEY = Integer.BYTES + LogEntry.MAX_KEY;

    private final Sizing sizing;
    private final List<RocksObject> owned = new ArrayList<>();
    private final Cache cache = own(new LRUCache(CACHE));
    private final @Nullable Env memory;

    private Tuning(Sizing sizing, boolean inMemory) {
        this.sizing = sizing;
        this.memory = inMemory ? own(new RocksMemEnv(Env.getDefault())) : null;
    }

    static Tuning memory() {
        return new Tuning(Sizing.memory(), true);
    }

    static Tuning volume(Sizing sizing) {
        return new Tuning(sizing, false);
    }

    /** Old write-ahead logs are written over: to sync a place that the file already has takes half the time of one that it has to get. */
    DBOptions database(WALRecoveryMode recovery, boolean create) {
        Properties walChecks = new Properties();
        walChecks.put("track_and_verify_wals_in_manifest", "true");
        walChecks.put("track_and_verify_wals", "true");
        DBOptions options = memory == null ? DBOptions.getDBOptionsFromProps(walChecks) : new DBOptions();
        if (memory != null) {
            options.setEnv(memory);
        }
        return own(options)
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(recovery)
                .setRecycleLogFileNum(memory == null ? REUSED_LOGS : 0)
                .setMaxOpenFiles(-1)
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(4 * sizing.writeBuffer())
                .setManifestPreallocationSize(64 * 1024)
                .setAllowConcurrentMemtableWrite(false)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(1 << 20)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    List<ColumnFamilyDescriptor> families() {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family family : Family.values()) {
            families.add(new ColumnFamilyDescriptor(family.bytes(), options(family)));
        }
        return families;
    }

    private ColumnFamilyOptions options(Family family) {
        return switch (family) {
            case BLOCKS -> blocks(BUFFERS_OF_BLOCKS);
            case LATEST -> latest(Math.max(SMALL_BUFFER, sizing.writeBuffer() / 2));
            case UNUSED, POSITIONS, LOGS, QUEUES -> small(SMALL_BUFFER);
            case MESSAGES -> blocks(BUFFERS_OF_MESSAGES);
        };
    }

    private ColumnFamilyOptions blocks(int buffers) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig().setBlockCache(cache).setBlockSize(TABLE_BLOCK);
        return own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(sizing.writeBuffer())
                .setMaxWriteBufferNumber(buffers)
                .setTargetFileSizeBase(2 * sizing.writeBuffer())
                .setMaxBytesForLevelBase(8 * sizing.writeBuffer());
    }

    /** Rows are written in random order and only looked up: hashing them in memory halves the cost of a commit. */
    private ColumnFamilyOptions latest(long buffer) {
        return small(buffer)
                .setMemTableConfig(new HashLinkedListMemTableConfig().setBucketCount(buffer / BYTES_PER_BUCKET))
                .useCappedPrefixExtractor(LONGEST_KEY);
    }

    private ColumnFamilyOptions small(long buffer) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(SMALL_TABLE_BLOCK)
                .setFilterPolicy(own(new BloomFilter(BITS_PER_KEY)));
        return own(new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setWriteBufferSize(buffer);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }
}
