package dev.fairlead.node;

import dev.fairlead.node.identity.Authenticator;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Encrypts the node's connections, when its access file says so: TLS 1.2 and 1.3, and asks for certificates that prove who calls. */
final class Encryption {
    private static final System.Logger LOG = System.getLogger(Encryption.class.getName());

    private Encryption() {}

    /** What encrypts, and then goes on with the protocol; none without TLS. Certificates that are renewed serve connections that are made from then on. */
    static Optional<SslConnectionFactory> before(String protocol, Entrance entrance) {
        Authenticator authenticator = entrance.authenticator();
        SSLContext context = authenticator == null ? null : authenticator.tls();
        if (authenticator == null || context == null) {
            return Optional.empty();
        }
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(context);
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        ssl.setRenegotiationAllowed(false);
        ssl.setWantClientAuth(authenticator.asksForCertificates());
        entrance.onChange(() -> renew(ssl, authenticator));
        ssl.setCipherComparator(HTTP2Cipher.COMPARATOR);
        return Optional.of(new SslConnectionFactory(ssl, protocol));
    }

    private static void renew(SslContextFactory.Server ssl, Authenticator authenticator) {
        try {
            ssl.reload(same -> {
                same.setSslContext(authenticator.tls());
                ssl.setWantClientAuth(authenticator.asksForCertificates());
            });
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "new connections are still encrypted as before", e);
        }
    }
}
