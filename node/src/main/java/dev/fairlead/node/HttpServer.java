package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.limits.Crowding;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty as the node uses it: limits on everything, calls on virtual threads, nothing told of itself. */
final class HttpServer implements AutoCloseable {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;
    private static final int PLATFORM_THREADS = 16;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static HttpServer start(NodeSettings settings, Handler handler, Entrance entrance, Crowding crowding) {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 4);
        threads.setName("fairlead http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(
                crowding.watched(VirtualThreads.getNamedVirtualThreadsExecutor("fairlead call ")));
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(
                server,
                null,
                null,
                new ReceiveBuffers(),
                ACCEPTORS,
                SELECTORS,
                Protocols.of(http(settings.limits()), settings, entrance));
        connector.addBean(new FailedHandshakes(entrance));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.times().silence().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
        SlowSenders slow = new SlowSenders(
                handler, connector.getScheduler(), settings.times().silence());
        connector.addBean(slow);
        server.setHandler(new GracefulHandler(slow));
        server.setErrorHandler(new Refusals());
        server.setStopTimeout(settings.times().drain().toMillis());
        HttpServer started = new HttpServer(server, connector);
        started.start(settings);
        return started;
    }

    private static HttpConfiguration http(NodeLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(limits.header());
        http.setResponseHeaderSize(limits.header());
        http.setRelativeRedirectAllowed(false);
        // Also not a line that ends with LF alone, which RFC 9112 lets a server take, and a proxy before it not.
        http.setHttpCompliance(HttpCompliance.STRICT);
        // The router takes the path apart as it was sent, so that an encoded slash or dot in a key is never one of the
        // path's.
        http.setUriCompliance(
                UriCompliance.from(
                        "RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_SEGMENT,"
                                + "AMBIGUOUS_PATH_ENCODING,AMBIGUOUS_EMPTY_SEGMENT,AMBIGUOUS_PATH_PARAMETER,SUSPICIOUS_PATH_CHARACTERS"));
        return http;
    }

    private void start(NodeSettings settings) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new FairleadException(
                    ErrorCode.UNREACHABLE,
                    "the node cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                            + " (choose another --port)",
                    e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Accepts nothing more, and waits for what is under way. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(HttpServer.class.getName())
                    .log(System.Logger.Level.WARNING, "not all calls ended in time", e);
        }
    }
}
