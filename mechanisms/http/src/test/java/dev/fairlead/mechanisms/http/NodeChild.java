package dev.fairlead.mechanisms.http;

import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import dev.fairlead.testkit.process.ParentJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that serves a small plan and the data of a folder until it is killed, on the port that is given, and says which it got. */
final class NodeChild {
    private static final String PLAN =
            "service: shop\nshares:\n  price:\n    kind: state\n    key: sku\n    fields: { sku: string, cents: int64 }\n";

    private NodeChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Node node = Node.start(settings(Path.of(args[0]), Integer.parseInt(args[1])));
        ParentJvm.sayReady();
        ParentJvm.say(String.valueOf(node.port()));
        ParentJvm.awaitWord();
    }

    /** How a node serves the folder, here or in a process of its own; port 0 is any. */
    static NodeSettings settings(Path folder, int port) {
        try {
            Path plan = Files.createDirectories(folder.resolve("plan"));
            Files.writeString(plan.resolve("shop.yaml"), PLAN);
            return NodeSettings.local(plan, folder.resolve("data")).withPort(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
