package dev.fairlead.node;

import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections that have had no call under way for as long as the node is patient, whatever comes on them meanwhile: who sends a call letter
 * by letter ("slowloris") would keep a place for good, since each letter is a sign of life. A call is under way when its headers are here.
 */
final class SlowSenders extends Handler.Wrapper implements Connection.Listener {
    private static final long APART_MILLIS = 500;

    private final Scheduler scheduler;
    private final long patience;
    private final Map<Connection, Watch> watched = new ConcurrentHashMap<>();

    SlowSenders(Handler handler, Scheduler scheduler, Duration patience) {
        super(handler);
        this.scheduler = scheduler;
        this.patience = patience.toNanos();
    }

    private static final class Watch {
        private int calls;
        private boolean ended;
        private long since = System.nanoTime();

        /** Whether the connection has not been ended. */
        synchronized boolean begin() {
            calls++;
            return !ended;
        }

        synchronized void end() {
            calls--;
            since = System.nanoTime();
        }

        /** Ends it, unless a call is under way or was lately. */
        synchronized boolean endWhenQuietFor(long nanos) {
            ended = calls == 0 && System.nanoTime() - since > nanos;
            return ended;
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) { // calls come on the one inside it, which is open as soon
            watched.put(connection, new Watch());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        watched.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Watch watch = watched.get(request.getConnectionMetaData().getConnection());
        if (watch == null) {
            return super.handle(request, response, callback);
        }
        boolean isOpen = watch.begin();
        Request.addCompletionListener(request, failure -> watch.end());
        if (!isOpen) { // done, it could not be answered
            callback.failed(new EOFException("the connection has ended"));
            return true;
        }
        return super.handle(request, response, callback);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        scheduleNext();
    }

    private void scheduleNext() {
        scheduler.schedule(this::sweep, APART_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        watched.forEach((connection, watch) -> {
            if (watch.endWhenQuietFor(patience)) {
                connection.close();
            }
        });
        if (isRunning()) {
            scheduleNext();
        }
    }
}
