package dev.fairlead.engine;

/** Closes what must not keep the rest from being closed. */
final class Closing {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void quietly(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, () -> closing + " did not close cleanly", e);
        }
    }
}
