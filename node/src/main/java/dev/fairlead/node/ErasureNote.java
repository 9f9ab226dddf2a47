package dev.fairlead.node;

/** Takes down for good that something is about to be erased; what cannot be noted is not done. */
@FunctionalInterface
interface ErasureNote {
    /**
     * Fails with STORAGE_FULL when it cannot be noted.
     *
     * @param route its method and template
     * @param item or the name of a log or queue
     */
    void before(Exchange exchange, String route, String item);
}
