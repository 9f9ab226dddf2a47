package dev.fairlead.node.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** An authority of a test that gives out certificates, and takes them back, in files of a folder; written out as X.509 says, since Java has no way to make one. */
public final class Authority {
    private static final String BY_ECDSA = "300a06082a8648ce3d040302";
    private static final String COMMON_NAME = "0603550403";
    private static final String AUTHORITY = "300f0603551d130101ff040530030101ff";
    private static final String MAY_SIGN = "300e0603551d0f0101ff040403020106";
    private static final String ALTERNATIVES = "0603551d11";
    private static final String LOCALHOST = "82096c6f63616c686f737487047f000001";
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path folder;
    private final String name;
    private final KeyPair own = pair();
    private final X509Certificate certificate;
    private final Map<String, Certified> certified = new HashMap<>();
    private long serial = 100;

    private record Certified(X509Certificate certificate, KeyPair keys) {}

    /** Its certificate is in {@code NAME.pem}. */
    public Authority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.certificate = issue(name, own, AUTHORITY + MAY_SIGN, Instant.now().plus(YEAR));
        write(name + ".pem", block("CERTIFICATE", encoded(certificate)));
    }

    /** Gives out a certificate for servers on this machine, in {@code WHO.pem} with the key in {@code WHO.key}. */
    public void certifyServer(String who) {
        certifyNamed(who, LOCALHOST, Instant.now().plus(YEAR));
    }

    /** Gives out a certificate for a caller whose alternative name is this URI; with no such name when it is empty. */
    public void certify(String who, String uri, Instant until) {
        String name = uri.isEmpty() ? "" : hex(0x86, HexFormat.of().formatHex(uri.getBytes(StandardCharsets.UTF_8)));
        certifyNamed(who, name, until);
    }

    private void certifyNamed(String who, String alternative, Instant until) {
        KeyPair keys = pair();
        String names = alternative.isEmpty() ? "" : hex(0x30, ALTERNATIVES, hex(0x04, hex(0x30, alternative)));
        X509Certificate issued = issue(who, keys, names, until);
        certified.put(who, new Certified(issued, keys));
        write(who + ".pem", block("CERTIFICATE", encoded(issued)));
        write(who + ".key", block("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** Takes these back: they are on the list in {@code NAME.crl}. */
    public void revoke(String... whom) {
        StringBuilder entries = new StringBuilder();
        for (String who : whom) {
            BigInteger number = certificate(who).getSerialNumber();
            entries.append(hex(0x30, integer(number), time(Instant.now().minusSeconds(5))));
        }
        String list = hex(
                0x30,
                integer(BigInteger.ONE),
                BY_ECDSA,
                named(name),
                time(Instant.now().minusSeconds(5)),
                time(Instant.now().plus(YEAR)),
                entries.isEmpty() ? "" : hex(0x30, entries.toString()));
        write(name + ".crl", block("X509 CRL", signed(list)));
    }

    /** The certificate of this one. */
    public X509Certificate certificate(String who) {
        return given(who).certificate();
    }

    private Certified given(String who) {
        return Objects.requireNonNull(certified.get(who), "no certificate was given out to " + who);
    }

    private X509Certificate issue(String who, KeyPair keys, String extensions, Instant until) {
        String certificate = hex(
                0x30,
                hex(0xa0, integer(BigInteger.TWO)),
                integer(BigInteger.valueOf(serial++)),
                BY_ECDSA,
                named(name),
                hex(0x30, time(Instant.now().minus(YEAR)), time(until)),
                named(who),
                HexFormat.of().formatHex(keys.getPublic().getEncoded()),
                extensions.isEmpty() ? "" : hex(0xa3, hex(0x30, extensions)));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(signed(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signed(String content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(own.getPrivate());
            signature.update(HexFormat.of().parseHex(content));
            String signed = hex(0x03, "00", HexFormat.of().formatHex(signature.sign()));
            return HexFormat.of().parseHex(hex(0x30, content, BY_ECDSA, signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String named(String who) {
        String text = hex(0x0c, HexFormat.of().formatHex(who.getBytes(StandardCharsets.UTF_8)));
        return hex(0x30, hex(0x31, hex(0x30, COMMON_NAME, text)));
    }

    private static String integer(BigInteger number) {
        return hex(0x02, HexFormat.of().formatHex(number.toByteArray()));
    }

    private static String time(Instant moment) {
        String text =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).format(moment.atOffset(ZoneOffset.UTC));
        return hex(0x18, HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A tag, the length of what follows, and that. */
    private static String hex(int tag, String... parts) {
        String content = String.join("", parts);
        int length = content.length() / 2;
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(tag);
        if (length >= 0x100) {
            head.write(0x82);
            head.write(length >> 8);
        } else if (length >= 0x80) {
            head.write(0x81);
        }
        head.write(length);
        return HexFormat.of().formatHex(head.toByteArray()) + content;
    }

    /** What a client connects with that trusts this authority, and shows this certificate; null for none. */
    public SSLContext client(@Nullable String who) {
        return client(who == null ? null : given(who));
    }

    /** As {@link #client}, with a certificate that another authority has given out. */
    public SSLContext client(Authority other, String who) {
        return client(other.given(who));
    }

    private SSLContext client(@Nullable Certified shown) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry(name, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown == null ? null : new KeyManager[] {new Showing(shown)}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows its certificate whichever authorities the other side asks for. */
    private static final class Showing extends X509ExtendedKeyManager {
        private final Certified shown;

        Showing(Certified shown) {
            this.shown = shown;
        }

        @Override
        public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getClientAliases(String kind, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {shown.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return shown.keys().getPrivate();
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file.replaceAll("[^a-z.-]", "-")), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
