package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The stores that are open in this process: one for each data folder, and one in memory for each folder of settings. */
final class Stores {
    private static final Map<Place, Lease> OPEN = new HashMap<>();

    private Stores() {}

    private enum Kind {
        FOLDER,
        MEMORY
    }

    private record Place(Kind kind, Path path) {}

    /** A share of a store. The last one to be closed closes the store. */
    static final class Lease implements AutoCloseable {
        private final Place place;
        private final Store store;
        private int holders;

        private Lease(Place place, Store store) {
            this.place = place;
            this.store = store;
        }

        Store store() {
            return store;
        }

        /** To be called once by each holder. */
        @Override
        public void close() {
            synchronized (OPEN) {
                holders--;
                if (holders == 0) {
                    OPEN.remove(place);
                    store.close();
                }
            }
        }
    }

    static Lease folder(Path folder, TimeSource time) {
        Path real = DataFolder.prepare(folder);
        return lease(new Place(Kind.FOLDER, real), () -> Store.folder(real, time));
    }

    static Lease memory(Path settings, TimeSource time) {
        return lease(new Place(Kind.MEMORY, settings.toAbsolutePath().normalize()), () -> Store.memory(time));
    }

    private static Lease lease(Place place, Supplier<Store> opening) {
        synchronized (OPEN) {
            Lease lease = OPEN.computeIfAbsent(place, key -> new Lease(key, opening.get()));
            lease.holders++;
            return lease;
        }
    }
}
