package dev.fairlead.planner.coupling;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which services are at which owner's database; the owner itself always is. */
final class Stores {
    private final Map<String, Set<String>> users = new LinkedHashMap<>();

    private Stores() {}

    static Stores of(Structure structure) {
        Stores stores =
                of(structure.items().stream().map(share -> share.id().owner()).toList());
        structure.dependencies().stream()
                .filter(each -> each.mode() == Edge.Mode.STORE)
                .forEach(each -> stores.add(each.owner(), each.reader()));
        structure
                .items()
                .forEach(share -> share.terms()
                        .alsoWrittenBy()
                        .forEach(writer -> stores.add(share.id().owner(), writer.text())));
        return stores;
    }

    /** Each of these owners at a database of its own. */
    static Stores of(Collection<String> owners) {
        Stores stores = new Stores();
        owners.forEach(owner -> stores.add(owner, owner));
        return stores;
    }

    void add(String owner, String user) {
        users.computeIfAbsent(owner, each -> new HashSet<>(Set.of(each))).add(user);
    }

    private int uses() {
        return users.values().stream().mapToInt(Set::size).sum();
    }

    /** The share of all uses in which a service is at its own database. */
    double own() {
        return users.isEmpty() ? 1 : (double) users.size() / uses();
    }

    /** The share of so many services that is at a database, on average. */
    double crowding(int services) {
        return users.isEmpty() || services == 0 ? 0 : uses() / ((double) services * users.size());
    }

    /** How many services are at the database that most are at; 0 where all are alone. */
    int largestCrowd() {
        return users.values().stream()
                .mapToInt(Set::size)
                .filter(size -> size > 1)
                .max()
                .orElse(0);
    }
}
