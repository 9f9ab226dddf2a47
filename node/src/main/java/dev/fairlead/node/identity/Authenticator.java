package dev.fairlead.node.identity;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Access;
import dev.fairlead.spi.server.Threads;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls by what a caller shows, as the access file says at the moment.
 *
 * <p>The file, and the certificates that it names, are looked at four times a second, and read again when they have changed and are no longer being
 * written. What has a fault then is not taken: the log tells it, and what was right before goes on to hold. Safe for many threads.
 */
public final class Authenticator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Authenticator.class.getName());
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SCHEME = "bearer ";

    private final Path file;
    private final Known known;
    private final Watcher watcher;
    private final FailedProofs failures = new FailedProofs();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile LoadedAccess loaded;

    /** Of the files as they were before they were last read. */
    private List<String> stamps;

    /** Hears of the access file; called on one thread. */
    public interface Watcher {
        /** Other rules hold from now on. */
        void changed();

        /** It has a fault, so that the rules of before go on to hold. */
        void refused(String fault);
    }

    private Authenticator(Path file, Known known, LoadedAccess loaded, List<String> stamps, Watcher watcher) {
        this.file = file;
        this.known = known;
        this.loaded = loaded;
        this.stamps = stamps;
        this.watcher = watcher;
        this.thread = Thread.ofPlatform().name("fairlead access").daemon().unstarted(this::watch);
    }

    /**
     * Reads the access file, and watches it from then on.
     *
     * @param known who may be a caller
     * @throws FairleadException with PLAN when the file has a fault, or something it names is missing, or the issuer's keys cannot be had
     */
    public static Authenticator open(Path file, Known known, Watcher watcher) {
        try {
            LoadedAccess first = LoadedAccess.of(file, known, null);
            List<String> stamps =
                    first.stamps(file); // taken before the second reading, so that no change between the two is missed
            LoadedAccess loaded = LoadedAccess.of(file, known, first);
            loaded.warnOfReaders(file);
            Authenticator opened = new Authenticator(file, known, loaded, stamps, watcher);
            opened.thread.start();
            return opened;
        } catch (AccessFault fault) {
            throw new FairleadException(ErrorCode.PLAN, String.valueOf(fault.getMessage()), fault);
        }
    }

    private void watch() {
        List<String> before = stamps;
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                List<String> now = loaded.stamps(file);
                if (!now.equals(stamps) && now.equals(before)) {
                    stamps = now;
                    load();
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        try {
            LoadedAccess now = LoadedAccess.of(file, known, loaded);
            if ((now.tls() == null) != (loaded.tls() == null)) {
                throw new AccessFault(
                        "whether connections are encrypted changes only when the node starts again", null);
            }
            loaded = now;
            LOG.log(System.Logger.Level.INFO, "the access file holds as it is now");
            watcher.changed();
        } catch (AccessFault fault) {
            LOG.log(System.Logger.Level.ERROR, "the access file is not taken, what it said before holds", fault);
            watcher.refused(String.valueOf(fault.getMessage()));
        } catch (RuntimeException e) { // or nobody would watch any more
            LOG.log(System.Logger.Level.ERROR, "the access file is not taken, what it said before holds", e);
            watcher.refused("a fault of Fairlead's own");
        }
    }

    /** What new connections are encrypted with; null when they are not. */
    public @Nullable SSLContext tls() {
        return loaded.tls();
    }

    /** Whether certificates prove who calls. */
    public boolean asksForCertificates() {
        Access.Encryption encryption = loaded.access().encryption();
        return encryption != null && encryption.callers() != null;
    }

    /** What each caller may take; null when the file does not say. */
    public Access.@Nullable Limits limits() {
        return loaded.access().limits();
    }

    /**
     * Who that is; nobody when nothing is shown. What is shown must prove something: a header that does not is not passed over for the
     * certificate. May wait for the issuer's keys.
     *
     * @param address that it comes from, where too many failures are not looked at any more
     * @param authorization the header of this name; null when there is none
     * @param certificates of the connection, the caller's first, already found good by it
     * @throws Unproven when it proves nothing
     * @throws TooManyFailures when it was not looked at
     */
    public Optional<Identity> identify(
            String address, @Nullable String authorization, List<X509Certificate> certificates) {
        LoadedAccess now = loaded;
        if (authorization != null) {
            return Optional.of(failures.guard(address, authorization, () -> bearer(now, authorization)));
        }
        return certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(now.roll()
                        .ofCertificate(certificates.getFirst())
                        .filter(identity -> Instant.now().isBefore(identity.until()))
                        .orElseThrow(() -> new Unproven("the certificate is no caller's")));
    }

    private static Identity bearer(LoadedAccess now, String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new Unproven("the header Authorization is not of the kind Bearer");
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        Tokens tokens = now.tokens();
        if (!shown.contains(".")) {
            return now.roll().ofKey(shown).orElseThrow(() -> new Unproven("the key is no caller's"));
        }
        if (tokens == null) {
            throw new Unproven("no tokens are taken here");
        }
        Tokens.Checked checked = tokens.check(shown);
        return now.roll().ofToken(checked).orElseThrow(() -> new Unproven("the token's subject is no caller"));
    }

    /** Whether what proved the identity still does. */
    public boolean holds(Identity identity) {
        return loaded.roll().holds(identity, Instant.now());
    }

    @Override
    public void close() {
        closed.countDown();
        Threads.join(thread, PATIENCE);
    }
}
