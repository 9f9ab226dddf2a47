package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.conformance.ReferenceStore.LogData;
import dev.fairlead.testkit.conformance.ReferenceStore.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Mechanisms that erase too little or too much. */
final class ErasingMutants {
    private static final String GROUP = "erase";

    private ErasingMutants() {}

    static List<Mutant> all() {
        return List.of(
                erasing("only says that it erased", (data, index) -> {}),
                erasing("empties the payload and leaves the header", (data, index) -> {
                    LogRecord record = data.records.get(index).record();
                    replace(data, index, new LogRecord(record.offset(), new byte[0], record.header(), new byte[0]));
                }),
                erasing("erases the record after it as well", (data, index) -> {
                    replace(
                            data,
                            index,
                            LogRecord.erased(data.records.get(index).record().offset()));
                    replace(
                            data,
                            index + 1,
                            LogRecord.erased(
                                    data.records.get(index + 1).record().offset()));
                }),
                Mutant.of(
                        GROUP,
                        "takes the places away with the content",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected long erase(LogData data, byte[] key, long below) {
                                long erased = super.erase(data, key, below);
                                data.records.removeIf(stored -> stored.record().isErased());
                                return erased;
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "erases what was appended later too",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected long erase(LogData data, byte[] key, long below) {
                                return super.erase(data, key, Long.MAX_VALUE);
                            }
                        }),
                Mutant.of(
                        GROUP,
                        "erases without a record behind",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            @Override
                            protected void checkErasure(LogData data, byte[] key, long below) {}
                        }),
                Mutant.of(
                        GROUP,
                        "brings it back when it is opened again",
                        (store, able, time) -> new ReferenceMechanism(store, able, time) {
                            private final List<Runnable> undo = new ArrayList<>();

                            @Override
                            protected void eraseOne(LogData data, int index) {
                                Stored before = data.records.get(index);
                                undo.add(() -> data.records.set(index, before));
                                super.eraseOne(data, index);
                            }

                            @Override
                            public void close() {
                                undo.forEach(Runnable::run);
                                undo.clear();
                                super.close();
                            }
                        }));
    }

    private static Mutant erasing(String name, ObjIntConsumer<LogData> one) {
        return Mutant.of(GROUP, name, (store, able, time) -> new ReferenceMechanism(store, able, time) {
            @Override
            protected void eraseOne(LogData data, int index) {
                one.accept(data, index);
            }
        });
    }

    private static void replace(LogData data, int index, LogRecord record) {
        data.records.set(index, new Stored(record, data.records.get(index).time()));
    }
}
