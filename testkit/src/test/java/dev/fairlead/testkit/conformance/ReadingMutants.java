package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Position;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mechanisms that read, wait, beat, look up or close wrongly. */
final class ReadingMutants {
    private ReadingMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "replay",
                        "begins one too late",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected List<LogRecord> recordsFrom(LogData data, long offset, int max) {
                                return super.recordsFrom(data, offset == 7 ? 8 : offset, max);
                            }
                        }),
                Mutant.of(
                        "replay",
                        "reads other bytes the second time",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            private int reads;

                            @Override
                            protected List<LogRecord> recordsFrom(LogData data, long offset, int max) {
                                if (++reads == 2) {
                                    Swap.payloads(data.records, 3, 4);
                                }
                                return super.recordsFrom(data, offset, max);
                            }
                        }),
                Mutant.of(
                        "read",
                        "brings more records than asked for",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected List<LogRecord> recordsFrom(LogData data, long offset, int max) {
                                return super.recordsFrom(data, offset, max + 1);
                            }
                        }),
                Mutant.of(
                        "read",
                        "brings a record twice",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected List<LogRecord> recordsFrom(LogData data, long offset, int max) {
                                return super.recordsFrom(data, offset == 6 ? 5 : offset, max);
                            }
                        }),
                Mutant.of(
                        "read",
                        "names an end above what is there",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected LogBounds boundsOf(LogData data) {
                                return new LogBounds(data.start, data.compactedBelow, data.end + 1);
                            }
                        }),
                Mutant.of(
                        "append",
                        "names an end below what is there",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected LogBounds boundsOf(LogData data) {
                                return new LogBounds(
                                        data.start, data.compactedBelow, Math.max(data.start, data.end - 1));
                            }
                        }),
                Mutant.of("many logs", "mixes logs", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected LogData data(String log) {
                        super.data(log);
                        return store.logs.values().iterator().next();
                    }
                }),
                Mutant.of("wait", "wakes nobody", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void wakeReaders() {}
                }),
                Mutant.of("wait", "does not wait", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected long waitOf(long nanos) {
                        return 0;
                    }
                }),
                Mutant.of(
                        "wait",
                        "swallows interrupts",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void keepInterrupt() {}
                        }),
                Mutant.of(
                        "close", "works after close", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void requireOpen() {}
                        }),
                Mutant.of(
                        "beats",
                        "beats with an end one too low",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Beat beatOf(LogData data, Beat beat) {
                                return new Beat(beat.epoch(), beat.time(), Math.max(0, beat.end() - 1));
                            }
                        }),
                Mutant.of(
                        "beats",
                        "beats with the first writer's epoch",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Beat beatOf(LogData data, Beat beat) {
                                return new Beat(1, beat.time(), beat.end());
                            }
                        }),
                Mutant.of(
                        "beats",
                        "repeats the oldest beat",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            private final Map<LogData, Beat> oldest = new HashMap<>();

                            @Override
                            protected Beat beatOf(LogData data, Beat beat) {
                                return oldest.computeIfAbsent(data, first -> beat);
                            }
                        }),
                Mutant.of(
                        "lookup",
                        "finds the oldest record",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public Optional<LogRecord> latest(String log, byte[] key) {
                                synchronized (store) {
                                    return data(log).records.stream()
                                            .map(Stored::record)
                                            .filter(record -> Arrays.equals(record.key(), key))
                                            .findFirst();
                                }
                            }
                        }),
                Mutant.of(
                        "lookup",
                        "finds no removals",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public Optional<LogRecord> latest(String log, byte[] key) {
                                return super.latest(log, key).filter(record -> record.payload().length > 0);
                            }
                        }),
                Mutant.of(
                        "lookup",
                        "finds keys that begin alike",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public Optional<LogRecord> latest(String log, byte[] key) {
                                synchronized (store) {
                                    return data(log).records.stream()
                                            .map(Stored::record)
                                            .filter(record -> Scope.key(record).startsWith(new String(key, UTF_8)))
                                            .reduce((older, newer) -> newer);
                                }
                            }
                        }),
                Mutant.of(
                        "positions",
                        "lets a group go back",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean goesBack(Position noted, Position next) {
                                return false;
                            }
                        }),
                Mutant.of(
                        "positions",
                        "keeps one position for all groups",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            public void commit(String log, String group, Position next) {
                                super.commit(log, "all", next);
                            }

                            @Override
                            public Optional<Position> committed(String log, String group, int partition) {
                                return super.committed(log, "all", partition);
                            }
                        }));
    }
}
