package dev.fairlead.node.outside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides places of a log from those who see a part of it only: how far a log is tells how much there is of what they do not see. A cursor is
 * sealed for one client's part of one view, and is none for anybody else. For any thread.
 *
 * <p>The key stays in a file of the data folder, so that a cursor of before a restart can still be opened.
 */
public final class SealedCursors {
    private static final String FILE = "cursors.key";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** So that its length tells nothing of the place. */
    private static final int LONGEST_TEXT = 122;

    private static final int SEALED_LENGTH = (NONCE_BYTES + LONGEST_TEXT + TAG_BITS / 8) * 4 / 3;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private SealedCursors(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** With the key in this folder, which is made when there is none. */
    public static SealedCursors in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder);
        byte[] made = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(made);
        try {
            Files.createFile(file, ownersOnly(folder));
            Files.write(file, made);
        } catch (FileAlreadyExistsException before) {
            made = Files.readAllBytes(file);
        }
        if (made.length != KEY_BYTES) {
            Files.delete(file); // half written: what was sealed by it is lost, and is fetched again
            return in(folder);
        }
        return new SealedCursors(made);
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Seals a place.
     *
     * @param part whose it is: opened with another, it is none
     */
    public String seal(String part, String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("a place has at most " + LONGEST_TEXT + " bytes");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, part, Arrays.copyOf(text, LONGEST_TEXT))
                .orElseThrow(() -> new IllegalStateException("every Java has AES"));
        byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Whether a text may be a sealed place at all. */
    public static boolean isSealed(String text) {
        return text.length() == SEALED_LENGTH && text.matches("[A-Za-z0-9_-]+");
    }

    /** The place; nothing when it was not sealed for this part, or by another key. */
    public Optional<String> open(String part, String text) {
        if (!isSealed(text)) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            return crypt(Cipher.DECRYPT_MODE, nonce, part, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length))
                    .map(opened -> new String(opened, StandardCharsets.UTF_8).replace("\0", ""));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, String part, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(part.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException notSealedByUs) {
            return Optional.empty();
        }
    }
}
