package dev.fairlead.spi.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
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

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final long LONGEST = 1 << 20;

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
                    certificate.isEmpty() ? null : identity(settings, folder.resolve(certificate), folder.resolve(key)),
                    authorities.isEmpty() ? null : trusted(settings, folder.resolve(authorities)),
                    null);
            return new Tls(context);
        } catch (GeneralSecurityException | IOException e) {
            throw settings.wrong(
                    "the files of 'tls-…' do not fit together: " + e.getClass().getSimpleName());
        }
    }

    private static TrustManager[] trusted(Settings settings, Path file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate each : certificates(settings, "tls-ca", file)) {
            store.setCertificateEntry("authority " + number++, each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] identity(Settings settings, Path certificate, Path key)
            throws GeneralSecurityException, IOException {
        List<? extends Certificate> chain = List.copyOf(certificates(settings, "tls-certificate", certificate));
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                key(settings, key, chain.getFirst().getPublicKey().getAlgorithm()),
                new char[0],
                chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Settings settings, String setting, Path file)
            throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(checked(settings, setting, file))) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw settings.wrong("'" + setting + "' " + file + " holds no certificate");
            }
            return found;
        } catch (IOException e) {
            throw settings.wrong("'" + setting + "' " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static PrivateKey key(Settings settings, Path file, String algorithm) throws GeneralSecurityException {
        try {
            Matcher matcher = KEY.matcher(Files.readString(checked(settings, "tls-key", file)));
            if (!matcher.find()) {
                throw settings.wrong("'tls-key' " + file + " holds no key that begins with BEGIN PRIVATE KEY (turn it"
                        + " into PKCS 8: openssl pkcs8 -topk8 -nocrypt)");
            }
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException e) {
            throw settings.wrong("'tls-key' " + file + " cannot be read");
        }
    }

    private static Path checked(Settings settings, String setting, Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw settings.wrong("'" + setting + "' " + file + " is longer than " + LONGEST + " bytes");
        }
        return file;
    }

    @Override
    public String toString() {
        return "tls";
    }
}
