package dev.fairlead.node;

import dev.fairlead.node.audit.Act;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Notes each connection that was refused before anything could be said on it. */
final class FailedHandshakes implements SslHandshakeListener {
    private final Entrance entrance;

    FailedHandshakes(Entrance entrance) {
        this.entrance = entrance;
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        String from = event.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
        entrance.note(new Act("denied", "(unknown)", from, "handshake", "", reason(failure)));
    }

    /** The kind of fault; a message could hold what the other side sent. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }
}
