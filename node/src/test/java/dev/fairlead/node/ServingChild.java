package dev.fairlead.node;

import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;

/** A process that serves the plan and data of a folder until it is killed, on a port that is given or any, and says which. */
final class ServingChild {
    private ServingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Node node = Node.start(NodeSettings.local(folder.resolve("plan"), folder.resolve("data"))
                .withPort(args.length > 1 ? Integer.parseInt(args[1]) : 0));
        ParentJvm.sayReady();
        ParentJvm.say(String.valueOf(node.port()));
        ParentJvm.awaitWord();
    }
}
