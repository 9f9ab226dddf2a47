package dev.fairlead.engine.topic;

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
import dev.fairlead.spi.input.LogLimits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The log as one reader sees it: what the topic brings, and what its owner answers. */
final class ReaderSide implements Mechanism, Log, Table {
    private final String name;
    private final Topic topic;
    private final Call call;
    private final Map<String, OwnerLine> lines = new ConcurrentHashMap<>();

    ReaderSide(String name, Topic topic, Call call) {
        this.name = name;
        this.topic = topic;
        this.call = call;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.copyOf(Topic.state());
    }

    private OwnerLine line(String log) {
        return lines.computeIfAbsent(log, wanted -> new OwnerLine(wanted, call));
    }

    /** The owner defines what it keeps. */
    @Override
    public void define(LogDefinition definition) {
        LogLimits.checkName(definition.name());
    }

    @Override
    public LogWriter claim(String log, String owner) {
        throw OwnerSide.lacks("write to " + log + " but its owner");
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        LogLimits.checkPartition(log, partition);
        return new TopicLogReader(log, topic, line(log), Math.max(0, offset));
    }

    /** Asks the owner. */
    @Override
    public LogBounds bounds(String log, int partition) {
        LogLimits.checkPartition(log, partition);
        return line(log).bounds();
    }

    @Override
    public int partitions(String log) {
        return 1;
    }

    @Override
    public void commit(String log, String group, Position next) {
        throw OwnerSide.lacks("note where a group of " + log + " is");
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        throw OwnerSide.lacks("note where a group of " + log + " is");
    }

    /** Asks the owner. */
    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        return line(log).newest(key);
    }

    @Override
    public void close() {
        // What it is made of belongs to others.
    }
}
