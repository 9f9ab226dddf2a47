package dev.fairlead.engine.topic;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.Topic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The log as its owner has it: in its store, from where it is published. */
final class OwnerSide implements Mechanism, Log, Table {
    private static final Set<Capability> OF_STORE =
            EnumSet.of(Capability.GROUP_POSITIONS, Capability.SURVIVES_KILL, Capability.SURVIVES_POWER_LOSS);

    private final String name;
    private final Topic topic;
    private final Call call;
    private final Set<Capability> capabilities = Topic.state();
    private final Log log;
    private final Table table;

    OwnerSide(String name, Topic topic, Call call, Set<Capability> ofStore, Log log, Table table) {
        this.name = name;
        this.topic = topic;
        this.call = call;
        this.log = log;
        this.table = table;
        OF_STORE.stream().filter(ofStore::contains).forEach(capabilities::add);
    }

    static FairleadException lacks(String what) {
        return new FairleadException(
                ErrorCode.CAPABILITY, "over a topic nobody can " + what + " (choose another mechanism for it)");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.copyOf(capabilities);
    }

    @Override
    public void define(LogDefinition definition) {
        log.define(definition);
    }

    @Override
    public LogWriter claim(String wanted, String owner) {
        return RelayedWriter.of(wanted, log, table, topic, call, log.claim(wanted, owner));
    }

    @Override
    public LogReader read(String wanted, int partition, long offset) {
        return log.read(wanted, partition, offset);
    }

    @Override
    public LogBounds bounds(String wanted, int partition) {
        return log.bounds(wanted, partition);
    }

    @Override
    public int partitions(String wanted) {
        return log.partitions(wanted);
    }

    @Override
    public void commit(String wanted, String group, Position next) {
        log.commit(wanted, group, next);
    }

    @Override
    public Optional<Position> committed(String wanted, String group, int partition) {
        return log.committed(wanted, group, partition);
    }

    @Override
    public Optional<LogRecord> latest(String wanted, byte[] key) {
        return table.latest(wanted, key);
    }

    @Override
    public void close() {
        // What it is made of belongs to others.
    }
}
