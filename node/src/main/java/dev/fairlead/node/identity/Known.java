package dev.fairlead.node.identity;

import java.util.Set;

/**
 * Whom a plan knows; nobody else can be a caller.
 *
 * @param services by name
 * @param clients for whom its shares have views
 */
public record Known(Set<String> services, Set<String> clients) {
    public Known {
        services = Set.copyOf(services);
        clients = Set.copyOf(clients);
    }
}
