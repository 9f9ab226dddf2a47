package dev.fairlead.engine.topic;

import dev.fairlead.api.Position;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import java.util.Optional;
import java.util.Set;

/** A log that is written on the owner's side, and read on the reader's. */
final class BothSides implements Mechanism, Log {
    private final Mechanism owner;
    private final Log written;
    private final Log read;

    BothSides(Mechanism carrier, Mechanism store) {
        this.owner = StateOnTopic.ofOwner(carrier, store);
        this.written = (Log) owner;
        this.read = (Log) StateOnTopic.ofReader(carrier);
    }

    @Override
    public String name() {
        return owner.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return owner.capabilities();
    }

    @Override
    public void define(LogDefinition definition) {
        written.define(definition);
        read.define(definition);
    }

    @Override
    public LogWriter claim(String log, String by) {
        return written.claim(log, by);
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        return read.read(log, partition, offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        return read.bounds(log, partition);
    }

    @Override
    public int partitions(String log) {
        return read.partitions(log);
    }

    @Override
    public void commit(String log, String group, Position next) {
        written.commit(log, group, next);
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        return written.committed(log, group, partition);
    }

    @Override
    public void close() {
        owner.close();
    }
}
