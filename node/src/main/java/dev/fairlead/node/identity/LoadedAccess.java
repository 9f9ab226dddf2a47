package dev.fairlead.node.identity;

import dev.fairlead.planner.Access;
import dev.fairlead.planner.AccessResult;
import dev.fairlead.planner.Finding;
import dev.fairlead.spi.input.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An access file with all that it names, as they were at one moment.
 *
 * @param tls null when connections are not encrypted
 */
record LoadedAccess(
        Access access,
        Roll roll,
        @Nullable Tokens tokens,
        @Nullable SSLContext tls) {
    private static final System.Logger LOG = System.getLogger(LoadedAccess.class.getName());
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    /**
     * Reads it.
     *
     * @param known whom the plan knows
     * @param before whose tokens go on to be checked by the same keys, where the file says the same of them; null at first
     */
    static LoadedAccess of(Path file, Known known, @Nullable LoadedAccess before) throws AccessFault {
        Access access = read(file, known);
        Path folder = folder(file);
        Access.Encryption encryption = access.encryption();
        try {
            List<X509CRL> revocations = encryption == null || encryption.revoked() == null
                    ? List.of()
                    : PemFiles.revocations(folder.resolve(encryption.revoked()));
            return new LoadedAccess(
                    access,
                    new Roll(access.proofs(), access.clients(), revocations),
                    tokens(access.tokens(), folder, before),
                    encryption == null ? null : tls(encryption, folder, revocations));
        } catch (IOException e) {
            throw new AccessFault("what " + file + " names is not as it must be: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new AccessFault("the files of `tls` in " + file + " do not fit together", e);
        }
    }

    private static @Nullable Tokens tokens(Access.@Nullable Tokens settings, Path folder, @Nullable LoadedAccess before)
            throws AccessFault {
        if (settings == null) {
            return null;
        }
        return before != null && settings.equals(before.access().tokens())
                ? before.tokens()
                : Tokens.of(settings, folder);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    private static Access read(Path file, Known known) throws AccessFault {
        AccessResult result = AccessResult.read(file);
        Access access = result.access();
        if (access == null) {
            throw new AccessFault(
                    result.findings().stream().map(Finding::line).collect(Collectors.joining(System.lineSeparator())),
                    null);
        }
        Set<String> unknown = new TreeSet<>(access.proofs().keySet());
        unknown.removeAll(known.services());
        unknown.remove(Access.OPERATOR);
        if (!unknown.isEmpty()) {
            throw new AccessFault(
                    file + ": the plan has no service " + String.join(", ", unknown) + " (remove it from `callers`)",
                    null);
        }
        Set<String> strangers = new TreeSet<>(access.clients().keySet());
        strangers.removeAll(known.clients());
        if (!strangers.isEmpty()) {
            throw new AccessFault(
                    file + ": the plan exposes nothing to " + String.join(", ", strangers)
                            + " (remove it from `clients`, or add a view under `expose` of a share)",
                    null);
        }
        return access;
    }

    private static SSLContext tls(Access.Encryption encryption, Path folder, List<X509CRL> revocations)
            throws GeneralSecurityException, IOException {
        Path key = folder.resolve(encryption.key());
        SSLContext context = SSLContext.getInstance("TLS");
        String callers = encryption.callers();
        context.init(
                PemFiles.identity(folder.resolve(encryption.certificate()), key),
                callers == null ? new TrustManager[0] : trusted(folder.resolve(callers), revocations),
                null);
        return context;
    }

    /** Who is not on a list of revoked certificates is trusted only when there is a list of its authority, or no list at all. */
    private static TrustManager[] trusted(Path file, List<X509CRL> revocations)
            throws GeneralSecurityException, IOException {
        PKIXBuilderParameters parameters =
                new PKIXBuilderParameters(PemFiles.authorities(file), new X509CertSelector());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocations)));
        parameters.setRevocationEnabled(!revocations.isEmpty());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    /** Warns when others than the node's user may read its key. */
    void warnOfReaders(Path file) {
        Access.Encryption encryption = access.encryption();
        Path key = encryption == null ? null : folder(file).resolve(encryption.key());
        try {
            if (key != null
                    && Files.getFileStore(key).supportsFileAttributeView("posix")
                    && !OWNERS.containsAll(Files.getPosixFilePermissions(key))) {
                LOG.log(System.Logger.Level.WARNING, "others than its owner may read the key " + key + " (chmod 600)");
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "it is not known who may read the key " + key, e);
        }
    }

    /** What tells whether one of the files has changed since. */
    List<String> stamps(Path file) {
        return stamps(file, access);
    }

    private static List<String> stamps(Path file, Access access) {
        Access.Encryption encryption = access.encryption();
        Path folder = folder(file);
        List<String> stamps = new ArrayList<>(List.of(stamp(file)));
        if (encryption != null) {
            Stream.of(encryption.certificate(), encryption.key(), encryption.callers(), encryption.revoked())
                    .map(name -> name == null ? "" : stamp(folder.resolve(name)))
                    .forEach(stamps::add);
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
        } catch (IOException e) {
            return "none";
        }
    }
}
