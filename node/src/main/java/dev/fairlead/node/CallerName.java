package dev.fairlead.node;

/** By what name a caller is told apart from others. */
final class CallerName {
    private CallerName() {}

    /** The service's name, or nothing for the operator. */
    static String of(Caller caller) {
        return switch (caller) {
            case Caller.Nobody nobody -> throw Policy.unauthenticated();
            case Caller.Outsider client -> throw Policy.nothing();
            case Caller.Operator operator -> "";
            case Caller.Service service -> service.plan().name();
        };
    }

    /** The service for which the caller acts on an item: its own, or for the operator the item's owner. */
    static String actingFor(Caller caller, String owner) {
        String name = of(caller);
        return name.isEmpty() ? owner : name;
    }
}
