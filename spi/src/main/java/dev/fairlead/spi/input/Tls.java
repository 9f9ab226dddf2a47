package dev.fairlead.spi.input;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a server are encrypted: whom they trust, and by what they show who they are. Whoever connects with it must also check
 * that the certificate is for the host of the address. Its text tells nothing of the key.
 */
public final class Tls {
    /** The settings that {@link #of} reads. */
    public static final List<String> KEYS = List.of("tls-ca", "tls-certificate", "tls-key");

    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    /** What makes encrypted connections. */
    public SSLContext context() {
        return context;
    }

    /** Nothing, where connections are not encrypted; fails with PLAN when a setting says that they are to be. */
    public static @Nullable Tls none(Settings settings, String encrypted) {
        for (String key : KEYS) {
            if (settings.values().containsKey(key)) {
                throw settings.wrong("'" + key + "' is set, but 'url' does not begin with " + encrypted);
            }
        }
        return null;
    }

    /**
     * Reads {@code tls-ca}, {@code tls-certificate} and {@code tls-key}, files in PEM of at most 1 MiB, of which the first replaces the
     * authorities that Java trusts; fails with PLAN for what cannot be had.
     *
     * @param folder against which the paths are resolved
     */
    public static Tls of(Settings settings, Path folder) {
        String authorities = settings.text("tls-ca", "");
        String certificate = settings.text("tls-certificate", "");
        String key = settings.text("tls-key", "");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw settings.wrong("'tls-certificate' and 'tls-key' go together");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.isEmpty() ? null : PemFiles.identity(folder.resolve(certificate), folder.resolve(key)),
                    authorities.isEmpty() ? null : trusted(folder.resolve(authorities)),
                    null);
            return new Tls(context);
        } catch (IOException e) {
            throw settings.wrong("a file of 'tls-…' is not as it must be: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw settings.wrong(
                    "the files of 'tls-…' do not fit together: " + e.getClass().getSimpleName());
        }
    }

    private static TrustManager[] trusted(Path file) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(PemFiles.authorities(file));
        return factory.getTrustManagers();
    }

    @Override
    public String toString() {
        return "tls";
    }
}
