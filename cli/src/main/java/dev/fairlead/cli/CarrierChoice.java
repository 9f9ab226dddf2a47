package dev.fairlead.cli;

import dev.fairlead.examples.demo.Carrier;
import dev.fairlead.examples.demo.Carriers;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What carries the items of a demo: one mechanism, or all that a landscape offers. */
final class CarrierChoice {
    private static final String EMBEDDED = "embedded";

    @Option(names = "--mechanism", paramLabel = "NAME", description = "What carries the items; embedded if not given.")
    private @Nullable String mechanism;

    @Mixin
    private ServerChoice server = new ServerChoice();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "A landscape.yaml of which all mechanisms are used, in place of --mechanism."
                    + " A server without `url` in it is looked for, or started, as without --url.")
    private @Nullable Path landscape;

    /**
     * What was chosen; a server is started when that is needed, and ends with this process.
     *
     * @param embeddedData where the embedded mechanism keeps its data; null for a temporary place
     * @param plan of the demo, over which a node is started where one is needed
     * @throws IllegalArgumentException when the options do not go together
     */
    Carriers carriers(@Nullable Path embeddedData, DemoNode.Plan plan, PrintWriter progress) {
        boolean hasServer = server.isGiven();
        if (landscape != null) {
            if (mechanism != null || hasServer || embeddedData != null) {
                throw new IllegalArgumentException(
                        "--landscape says it all (leave out --mechanism, --url, --user, --password-env and --data)");
            }
            return offered(landscape, plan, progress).ofThisRun();
        }
        String name = mechanism == null ? EMBEDDED : mechanism;
        if (name.equals(EMBEDDED)) {
            if (hasServer) {
                throw new IllegalArgumentException(
                        "--url, --user and --password-env are for a mechanism with a server (name it with --mechanism)");
            }
            return embeddedData == null
                    ? Carriers.embedded()
                    : Carriers.of(
                            EMBEDDED,
                            Map.of("data", embeddedData.toAbsolutePath().toString()));
        }
        if (embeddedData != null) {
            throw new IllegalArgumentException("--data is where the embedded mechanism keeps its data");
        }
        if (DemoNode.isWanted(name, hasServer)) {
            DemoNode node = DemoNode.start(plan, progress);
            return Carriers.of(name, node.settings()).on(node);
        }
        return Carriers.of(name, server.settings(name, progress)).ofThisRun();
    }

    private Carriers offered(Path file, DemoNode.Plan plan, PrintWriter progress) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file " + file + " that can be read");
        }
        return new Carriers(Carriers.offeredBy(file).all().stream()
                .map(each -> placed(each, plan, progress))
                .toList());
    }

    /** A mechanism whose server the file does not name gets one as {@code --mechanism} does. */
    private Carrier placed(Carrier offered, DemoNode.Plan plan, PrintWriter progress) {
        if (offered.name().equals(EMBEDDED) || offered.settings().containsKey("url")) {
            return offered;
        }
        Map<String, String> settings = new HashMap<>(
                DemoNode.isWanted(offered.name(), false)
                        ? DemoNode.start(plan, progress).settings()
                        : server.settings(offered.name(), progress));
        settings.putAll(offered.settings());
        return new Carrier(offered.name(), settings, offered.carries());
    }
}
