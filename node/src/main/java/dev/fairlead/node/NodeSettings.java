package dev.fairlead.node;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node serves, and where.
 *
 * @param folders with the plan's files
 * @param landscape the landscape file; when null, {@code landscape.yaml} of the first folder
 * @param data the folder of the embedded mechanism, made if it is not there
 * @param host a name or address of this machine to listen on; a loopback one, as long as nobody has to prove who he is
 * @param port to listen on; 0 for any that is free
 */
public record NodeSettings(
        List<Path> folders,
        @Nullable Path landscape,
        Path data,
        String host,
        int port,
        NodeLimits limits,
        NodeTimes times) {
    /** Where a node listens when nothing else is said. */
    public static final String HOST = "127.0.0.1";

    /** The port when nothing else is said. */
    public static final int PORT = 7733;

    public NodeSettings {
        folders = List.copyOf(folders);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, and not " + port);
        }
    }
}
