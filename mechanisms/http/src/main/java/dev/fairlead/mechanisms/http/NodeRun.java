package dev.fairlead.mechanisms.http;

/** Names what the node remembers of this opening: another one after a restart of the node. */
final class NodeRun {
    private volatile long current;

    long current() {
        return current;
    }

    void now(long newer) {
        current = newer;
    }
}
