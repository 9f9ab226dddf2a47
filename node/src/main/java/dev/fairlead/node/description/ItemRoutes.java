package dev.fairlead.node.description;

import java.util.List;
import java.util.stream.Stream;

/** All routes over items. */
final class ItemRoutes {
    private static final List<ItemRoute> ALL = Stream.of(
                    StateDescriptions.routes(),
                    EventDescriptions.routes(),
                    RequestDescriptions.routes(),
                    LeaseDescriptions.routes(),
                    DeadLetterDescriptions.routes(),
                    ErasureDescriptions.routes())
            .flatMap(List::stream)
            .toList();

    private ItemRoutes() {}

    static List<ItemRoute> all() {
        return ALL;
    }
}
