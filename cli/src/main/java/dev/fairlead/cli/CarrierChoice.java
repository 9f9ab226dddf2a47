package dev.fairlead.cli;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.servers.RealServer;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What carries the items of a demo: one mechanism, or all that a landscape offers. */
final class CarrierChoice {
    private static final String EMBEDDED = "embedded";

    /** Which server is started for a mechanism that needs one and is given none. */
    private static final Map<String, RealServer> SERVERS = Map.of(
            "activemq", RealServer.ARTEMIS,
            "kafka", RealServer.KAFKA,
            "rabbitmq", RealServer.RABBITMQ,
            "redis", RealServer.REDIS,
            "sql", RealServer.POSTGRESQL);

    @Option(names = "--mechanism", paramLabel = "NAME", description = "What carries the items; embedded if not given.")
    private @Nullable String mechanism;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The mechanism's server, without a password; only new names are used there, and taken away again."
                            + " If not given: FAIRLEAD_NAME_URL, else a server is started (sql: PostgreSQL).")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there.")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the password.")
    private @Nullable String passwordVariable;

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "A landscape.yaml of which all mechanisms are used, in place of --mechanism.")
    private @Nullable Path landscape;

    /**
     * What was chosen; a server is started when that is needed, and ends with this process.
     *
     * @param embeddedData where the embedded mechanism keeps its data; null for a temporary place
     * @throws IllegalArgumentException when the options do not go together
     */
    Carriers carriers(@Nullable Path embeddedData, PrintWriter progress) {
        boolean hasServer = url != null || user != null || passwordVariable != null;
        if (landscape != null) {
            if (mechanism != null || hasServer || embeddedData != null) {
                throw new IllegalArgumentException(
                        "--landscape says it all (leave out --mechanism, --url, --user, --password-env and --data)");
            }
            return offered(landscape).ofThisRun();
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
        return Carriers.of(name, settings(name, progress)).ofThisRun();
    }

    private static Carriers offered(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no file " + file + " that can be read");
        }
        return Carriers.offeredBy(file);
    }

    private Map<String, String> settings(String name, PrintWriter progress) {
        RealServer server = SERVERS.get(name);
        if (url == null && server != null) {
            progress.println("looking for a server of " + name + ", or starting one");
            progress.flush();
            try {
                return server.shared();
            } catch (UncheckedIOException e) {
                throw new FairleadException(ErrorCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "url", url);
        put(settings, "user", user);
        put(settings, "password-env", passwordVariable);
        return settings;
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
