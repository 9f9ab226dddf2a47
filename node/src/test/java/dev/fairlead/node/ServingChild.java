package dev.fairlead.node;

import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.util.List;

/** A process that serves the plan and data of a folder until it is killed, on a port that is given or any, and says which. */
final class ServingChild {
    private ServingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Node node = Node.start(new NodeSettings(
                List.of(folder.resolve("plan")),
                null,
                folder.resolve("data"),
                NodeSettings.HOST,
                args.length > 1 ? Integer.parseInt(args[1]) : 0,
                NodeLimits.defaults(),
                NodeTimes.defaults()));
        ParentJvm.sayReady();
        ParentJvm.say(String.valueOf(node.port()));
        ParentJvm.awaitWord();
    }
}
