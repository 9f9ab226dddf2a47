package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Mechanisms that keep too little, too much, or not through a reopening. */
final class KeepingMutants {
    private static final String LATEST = "latest per key";

    private KeepingMutants() {}

    static List<Mutant> all() {
        List<Mutant> mutants = new ArrayList<>();
        mutants.addAll(compacting());
        mutants.addAll(ageing());
        mutants.addAll(reopening());
        return mutants;
    }

    private static List<Mutant> compacting() {
        return List.of(
                keepingLatest("keeps each key's oldest", data -> {
                    Set<String> seen = new HashSet<>();
                    data.records.removeIf(stored -> !seen.add(Scope.key(stored.record())));
                    data.compactedBelow = data.end;
                }),
                keepingLatest("drops removals", data -> {
                    data.records.removeIf(stored -> stored.record().payload().length == 0);
                    data.compactedBelow = data.end;
                }),
                keepingLatest("drops the newest record", data -> {
                    data.records.removeLast();
                    data.compactedBelow = data.end;
                }),
                keepingLatest("drops nothing", data -> {}),
                Mutant.of(
                        LATEST,
                        "drops records and denies it",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void keepLatest(LogData data) {
                                super.keepLatest(data);
                                data.compactedBelow = 0;
                            }
                        }),
                Mutant.of(
                        LATEST,
                        "numbers what it kept anew",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void keepLatest(LogData data) {
                                super.keepLatest(data);
                                renumber(data);
                            }
                        }));
    }

    private static List<Mutant> ageing() {
        return List.of(
                keepingFor("keeps what is old", data -> {}),
                keepingFor("drops what is young", data -> {
                    data.records.clear();
                    data.start = data.end;
                    data.compactedBelow = data.end;
                }),
                Mutant.of(
                        "keep",
                        "drops the old and keeps the start",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected LogBounds boundsOf(LogData data) {
                                return new LogBounds(0, data.compactedBelow, data.end);
                            }
                        }),
                Mutant.of(
                        "keep",
                        "drops from a log that keeps all",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void keepAll(LogData data) {
                                data.records.removeFirst();
                            }
                        }),
                Mutant.of(
                        "keep",
                        "begins an emptied log at 0 again",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void keepFor(LogData data, Retention.KeepFor keep) {
                                super.keepFor(data, keep);
                                if (data.records.isEmpty()) {
                                    data.start = 0;
                                    data.compactedBelow = 0;
                                    data.end = 0;
                                }
                            }
                        }));
    }

    private static List<Mutant> reopening() {
        return List.of(
                reopened("positions", "forgets positions", data -> data.positions.clear()),
                reopened("survival", "counts epochs from 0 again", data -> data.epoch = 0),
                reopened("survival", "loses the last record", data -> {
                    if (!data.records.isEmpty()) {
                        data.records.removeLast();
                        data.end--;
                    }
                }),
                reopened("survival", "skips an offset", data -> data.end++),
                reopened("survival", "tears the last batch", data -> {
                    if (data.records.size() > 1) {
                        data.records.remove(data.records.size() - 2);
                    }
                }),
                reopened(
                        "keep",
                        "forgets the age of records",
                        data -> data.records.replaceAll(stored ->
                                new Stored(stored.record(), stored.time().plusSeconds(1_000_000)))),
                reopened(LATEST, "forgets what it compacted", data -> data.compactedBelow = 0));
    }

    private static Mutant keepingLatest(String name, Consumer<LogData> retention) {
        return Mutant.of(LATEST, name, (store, able, time) -> new ReferenceMechanism(store, able, time) {
            @Override
            protected void keepLatest(LogData data) {
                retention.accept(data);
            }
        });
    }

    private static Mutant keepingFor(String name, Consumer<LogData> retention) {
        return Mutant.of("keep", name, (store, able, time) -> new ReferenceMechanism(store, able, time) {
            @Override
            protected void keepFor(LogData data, Retention.KeepFor keep) {
                retention.accept(data);
            }
        });
    }

    private static Mutant reopened(String group, String name, Consumer<LogData> loss) {
        return Mutant.of(
                group,
                name + " when it is opened again",
                (ReferenceStore store, Set<Capability> able, TimeSource time) -> {
                    store.logs.values().forEach(loss);
                    return new ReferenceMechanism(store, able, time);
                });
    }

    private static void renumber(LogData data) {
        for (int i = 0; i < data.records.size(); i++) {
            Stored stored = data.records.get(i);
            LogRecord old = stored.record();
            LogRecord moved = new LogRecord(i, old.key(), old.header(), old.payload());
            data.records.set(i, new Stored(moved, stored.time()));
        }
    }
}
