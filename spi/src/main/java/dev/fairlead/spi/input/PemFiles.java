package dev.fairlead.spi.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Reads certificates and keys from files in PEM of at most 1 MiB.
 *
 * <p>What is wrong fails with an {@link IOException} whose message begins with the file's path and tells nothing of a key.
 */
public final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int LONGEST = 1 << 20;

    private PemFiles() {}

    /** The certificates of a file, at least one, in its order. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] bytes = bytes(file);
        try {
            List<X509Certificate> found = factory().generateCertificates(new ByteArrayInputStream(bytes)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate that can be read", e);
        }
    }

    /** The lists of revoked certificates that a file holds, at least one. */
    public static List<X509CRL> revocations(Path file) throws IOException {
        byte[] bytes = bytes(file);
        try {
            List<X509CRL> found = factory().generateCRLs(new ByteArrayInputStream(bytes)).stream()
                    .map(PemFiles::list)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(file + " holds no list of revoked certificates");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no list of revoked certificates that can be read", e);
        }
    }

    private static X509CRL list(CRL list) {
        return (X509CRL) list;
    }

    /** The certificates of a file as those of authorities that are trusted. */
    public static KeyStore authorities(Path file) throws IOException {
        try {
            KeyStore store = empty();
            int number = 0;
            for (Certificate each : certificates(file)) {
                store.setCertificateEntry("authority " + number++, each);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds certificates that cannot be trusted", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** What shows who one is: the key of one file for the certificates of the other, of which the first is one's own. */
    public static KeyManager[] identity(Path certificates, Path key) throws IOException {
        List<X509Certificate> chain = certificates(certificates);
        PublicKey shown = chain.getFirst().getPublicKey();
        PrivateKey secret = key(key, shown.getAlgorithm());
        try {
            if (!isPair(secret, shown)) {
                throw new IOException(key + " is not the key of the first certificate of " + certificates);
            }
            KeyStore store = empty();
            store.setKeyEntry("own", secret, new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(key + " does not fit the certificates of " + certificates);
        }
    }

    private static boolean isPair(PrivateKey secret, PublicKey shown) throws GeneralSecurityException {
        String algorithm = switch (shown.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> shown.getAlgorithm();
        };
        byte[] text = {1};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(text);
        return signature.verify(signed);
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException {
        Matcher matcher = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException(file + " holds no key that begins with BEGIN PRIVATE KEY (turn it into PKCS 8:"
                    + " openssl pkcs8 -topk8 -nocrypt)");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) { // its message may tell of the key
            throw new IOException(file + " holds no key of the certificate's sort, " + algorithm);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
        if (bytes.length > LONGEST) {
            throw new IOException(file + " is longer than " + LONGEST + " bytes");
        }
        return bytes;
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }
}
