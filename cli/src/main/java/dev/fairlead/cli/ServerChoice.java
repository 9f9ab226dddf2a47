package dev.fairlead.cli;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server of a mechanism: one that the options or the environment name, else one that is started and ends with this process. */
final class ServerChoice {
    /** Which server is started for a mechanism that needs one and is given none. */
    private static final Map<String, RealServer> SERVERS = Map.of(
            "kafka", RealServer.KAFKA,
            "activemq", RealServer.ARTEMIS,
            "rabbitmq", RealServer.RABBITMQ,
            "redis", RealServer.REDIS,
            "sql", RealServer.POSTGRESQL);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The mechanism's server, without a password; only new names are used there, and taken away again."
                            + " If not given: FAIRLEAD_NAME_URL, else a server is started (sql: PostgreSQL,"
                            + " activemq: Artemis; http in a demo: a node over its plan).")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there.")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the password.")
    private @Nullable String passwordVariable;

    boolean isGiven() {
        return url != null || user != null || passwordVariable != null;
    }

    /** The settings that lead the mechanism there. */
    Map<String, String> settings(String mechanism, PrintWriter progress) {
        RealServer server = SERVERS.get(mechanism);
        if (url == null && server != null) {
            if (isGiven()) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "--user and --password-env are for the server at --url (add it, or leave them out to start a server)");
            }
            progress.println("looking for a server of " + mechanism + ", or starting one");
            progress.flush();
            try {
                return server.shared();
            } catch (UncheckedIOException e) {
                throw new FairleadException(ErrorCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "url", url == null ? System.getenv(variable(mechanism)) : url);
        put(settings, "user", user);
        put(settings, "password-env", passwordVariable);
        return settings;
    }

    /** The environment variable that names a server of the mechanism. */
    static String variable(String mechanism) {
        return "FAIRLEAD_" + mechanism.toUpperCase(Locale.ROOT) + "_URL";
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
