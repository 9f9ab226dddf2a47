package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import java.util.ArrayList;
import java.util.List;

/** Mechanisms that define, claim or append wrongly. */
final class WritingMutants {
    private WritingMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of("define", "takes any name", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkName(String name) {}
                }),
                Mutant.of(
                        "define",
                        "takes another retention for a log that exists",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean sameRetention(LogDefinition one, LogDefinition other) {
                                return true;
                            }
                        }),
                Mutant.of(
                        "append",
                        "acknowledges what it keeps back until the next append",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            private final List<LogEntry> keptBack = new ArrayList<>();

                            @Override
                            protected void store(LogData data, List<LogEntry> entries) {
                                super.store(data, List.copyOf(keptBack));
                                keptBack.clear();
                                keptBack.addAll(entries);
                            }
                        }),
                Mutant.of(
                        "append",
                        "drops every hundredth record",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                super.storeOne(data, entry);
                                if (data.end % 100 == 0) {
                                    data.records.removeLast();
                                }
                            }
                        }),
                Mutant.of(
                        "append",
                        "uses an offset twice",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                super.storeOne(data, entry);
                                data.end -= data.end == 50 ? 1 : 0;
                            }
                        }),
                Mutant.of("append", "leaves a gap", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void storeOne(LogData data, LogEntry entry) {
                        super.storeOne(data, entry);
                        data.end += data.end == 50 ? 1 : 0;
                    }
                }),
                Mutant.of(
                        "append",
                        "swaps two records of a batch",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void store(LogData data, List<LogEntry> entries) {
                                super.store(data, entries.reversed());
                            }
                        }),
                Mutant.of(
                        "append",
                        "swaps two records of a key",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                super.storeOne(data, entry);
                                if (data.end == 40) {
                                    Swap.payloads(data.records, 20, 30);
                                }
                            }
                        }),
                Mutant.of(
                        "append",
                        "writes a batch up to its bad entry",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void checkEntry(LogEntry entry) {}

                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                super.checkEntry(entry);
                                super.storeOne(data, entry);
                            }
                        }),
                Mutant.of(
                        "append",
                        "acknowledges a weaker level",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Appended acknowledgement(Position first, Durability durability) {
                                return new Appended(first, Durability.D0);
                            }
                        }),
                Mutant.of(
                        "append",
                        "acknowledges the offset after the record's",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected Appended acknowledgement(Position first, Durability durability) {
                                return new Appended(new Position(0, first.offset() + 1), durability);
                            }
                        }),
                Mutant.of("limits", "has no limits", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void checkEntry(LogEntry entry) {}
                }),
                Mutant.of(
                        "limits",
                        "takes payloads for text",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                byte[] text = new String(entry.payload(), UTF_8).getBytes(UTF_8);
                                super.storeOne(data, new LogEntry(entry.key(), entry.header(), text));
                            }
                        }),
                Mutant.of("limits", "drops headers", (store, able, time) -> new ReferenceMechanism(store, able, time) {
                    @Override
                    protected void storeOne(LogData data, LogEntry entry) {
                        super.storeOne(data, new LogEntry(entry.key(), new byte[0], entry.payload()));
                    }
                }),
                Mutant.of(
                        "limits",
                        "drops records without a payload",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void storeOne(LogData data, LogEntry entry) {
                                if (entry.payload().length > 0) {
                                    super.storeOne(data, entry);
                                }
                            }
                        }),
                Mutant.of(
                        "fencing",
                        "lets a stale epoch append",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected boolean isFenced(LogData data, long epoch) {
                                return false;
                            }
                        }),
                Mutant.of(
                        "fencing",
                        "gives two claims the same epoch",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected long epochAfter(long epoch) {
                                return Math.max(1, epoch);
                            }
                        }));
    }
}
