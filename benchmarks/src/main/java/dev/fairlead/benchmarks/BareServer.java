package dev.fairlead.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty with nothing but a handler that gives the same answer to every call, from memory: what there is to reach. */
final class BareServer implements AutoCloseable {
    private static final String BREAK = "\r\n";
    private static final Set<String> JETTYS = Set.of("content-length", "date");

    private final Server server;
    private final ServerConnector connector;

    private BareServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** The answer; length and date Jetty adds. */
    private static final class Same extends Handler.Abstract {
        private final int status;
        private final List<HttpField> fields;
        private final byte[] body;

        private Same(byte[] answer) {
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int end = text.indexOf(BREAK + BREAK);
            List<String> lines = text.substring(0, end).lines().toList();
            this.status = Integer.parseInt(lines.getFirst().split(" ", 3)[1]);
            this.fields = lines.stream()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .filter(pair -> !JETTYS.contains(pair[0].toLowerCase(Locale.ROOT)))
                    .<HttpField>map(pair -> new PreEncodedHttpField(pair[0], pair[1]))
                    .toList();
            this.body = text.substring(end + 2 * BREAK.length()).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(status);
            fields.forEach(response.getHeaders()::put);
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }
    }

    static BareServer start(byte[] answer) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Same(answer));
        server.start();
        return new BareServer(server, connector);
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
