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
 * @param host a name or address of this machine to listen on; a loopback one, unless there is an access file with {@code tls}
 * @param port to listen on; 0 for any that is free
 * @param access the file that says who may call; when null, callers on loopback are believed
 */
public record NodeSettings(
        List<Path> folders,
        @Nullable Path landscape,
        Path data,
        String host,
        int port,
        NodeLimits limits,
        NodeTimes times,
        @Nullable Path access) {
    /** Where a node listens when nothing else is said. */
    public static final String HOST = "127.0.0.1";

    /** The port when nothing else is said. */
    public static final int PORT = 7733;

    /** A node for one folder of plan files and callers on this machine, at any free port, with the usual limits and times. */
    public static NodeSettings local(Path plan, Path data) {
        return new NodeSettings(List.of(plan), null, data, HOST, 0, NodeLimits.defaults(), NodeTimes.defaults(), null);
    }

    public NodeSettings {
        folders = List.copyOf(folders);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, and not " + port);
        }
    }

    /** The same node at another name or address of this machine. */
    public NodeSettings withHost(String name) {
        return new NodeSettings(folders, landscape, data, name, port, limits, times, access);
    }

    /** The same node at another port; 0 for any that is free. */
    public NodeSettings withPort(int number) {
        return new NodeSettings(folders, landscape, data, host, number, limits, times, access);
    }

    /** The same node with other limits. */
    public NodeSettings withLimits(NodeLimits most) {
        return new NodeSettings(folders, landscape, data, host, port, most, times, access);
    }

    /** The same node with other times. */
    public NodeSettings withTimes(NodeTimes other) {
        return new NodeSettings(folders, landscape, data, host, port, limits, other, access);
    }

    /** The same node with an access file. */
    public NodeSettings withAccess(@Nullable Path file) {
        return new NodeSettings(folders, landscape, data, host, port, limits, times, file);
    }
}
