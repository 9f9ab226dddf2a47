package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.input.Settings;
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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How connections are encrypted: whom they trust, and by what they show who they are. Its text tells nothing of the key. */
final class Tls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final long LONGEST = 1 << 20;

    private final SSLSocketFactory sockets;

    private Tls(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    SSLSocketFactory sockets() {
        return sockets;
    }

    /** A certificate must be for the host that the address names. */
    static SSLParameters verifyingHosts() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Reads {@code tls-ca}, {@code tls-certificate} and {@code tls-key}, files in PEM; null where nothing is to be encrypted. */
    static @Nullable Tls of(Settings settings, Path folder, boolean encrypted) {
        String authorities = settings.text("tls-ca", "");
        String certificate = settings.text("tls-certificate", "");
        String key = settings.text("tls-key", "");
        if (!encrypted) {
            if (!(authorities + certificate + key).isEmpty()) {
                throw settings.wrong("'tls-…' is set, but 'url' begins with redis:// (write rediss://)");
            }
            return null;
        }
        if (certificate.isEmpty() != key.isEmpty()) {
            throw settings.wrong("'tls-certificate' and 'tls-key' go together");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.isEmpty() ? null : identity(settings, folder.resolve(certificate), folder.resolve(key)),
                    authorities.isEmpty() ? null : trusted(settings, folder.resolve(authorities)),
                    null);
            return new Tls(context.getSocketFactory());
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
