package dev.fairlead.node;

import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SslConnectionFactory;

/**
 * The protocols that a connection may speak: HTTP/1.1, and HTTP/2 where it is agreed upon while TLS is set up, or where callers on this machine
 * are believed anyway. Elsewhere the change from the one to the other in the open is not offered: a proxy that checks each call of HTTP/1.1 would
 * no longer see them (request smuggling by h2c).
 */
final class Protocols {
    /** Calls on one connection at once. */
    private static final int STREAMS = 256;

    private Protocols() {}

    static ConnectionFactory[] of(HttpConfiguration http, NodeSettings settings, Entrance entrance) {
        HttpConnectionFactory first = new HttpConnectionFactory(http);
        first.setUseInputDirectByteBuffers(false); // see ReceiveBuffers
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        Optional<SslConnectionFactory> encryption = Encryption.before(choice.getProtocol(), entrance);
        if (encryption.isPresent()) {
            HTTP2ServerConnectionFactory second = limited(new HTTP2ServerConnectionFactory(http), settings);
            return new ConnectionFactory[] {encryption.get(), choice, second, first};
        }
        return settings.access() == null
                ? new ConnectionFactory[] {first, limited(new HTTP2CServerConnectionFactory(http), settings)}
                : new ConnectionFactory[] {first};
    }

    /** Whether the call came by HTTP/2. */
    static boolean isSecond(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    private static <F extends AbstractHTTP2ServerConnectionFactory> F limited(F factory, NodeSettings settings) {
        factory.setMaxConcurrentStreams(STREAMS);
        factory.setStreamIdleTimeout(settings.times().silence().toMillis());
        return factory;
    }
}
