package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages the files of a store: what was acknowledged is there as it was written, or its absence is told. */
class DamageTest {
    private static final int COUNT = 3000;
    private static final int BATCH = 50;

    @TempDir
    Path folder;

    private Path data;

    /** The first half of the records stands in a table, the second in the write-ahead log. */
    @BeforeEach
    void fill() {
        data = folder.resolve("data");
        fill(0, COUNT / 2, Durability.D2);
        fill(COUNT / 2, COUNT, Durability.D2);
    }

    private void fill(int from, int until, Durability durability) {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D2)) {
            LogWriter writer = Records.writer(mechanism, "a", durability);
            for (int i = from; i < until; i += BATCH) {
                writer.append(0, Records.numbered(i, BATCH, 7)).join();
            }
        }
    }

    @Test
    void findsEverythingInAnUndamagedStore() {
        assertThat(newest(".log")).isNotEmptyFile();
        assertThat(newest(".sst")).isNotEmptyFile();
        assertThat(texts(folder)).isEqualTo(expected(COUNT));
    }

    @Test
    void refusesACutWriteAheadLog() throws IOException {
        Path whole = folder.resolve("whole");
        copy(data, whole);
        byte[] bytes = Files.readAllBytes(newest(".log"));
        for (int part = 0; part < 10; part++) {
            Files.write(newest(".log"), Arrays.copyOf(bytes, bytes.length * part / 10));
            refused();
            refused();
            delete(data);
            copy(whole, data);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".log", ".sst"})
    void refusesOrNamesAFlippedByte(String suffix) throws IOException {
        Path file = newest(suffix);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
        assertThat(failure(ErrorCode.STORAGE_DAMAGED, () -> texts(folder)))
                .hasMessageContaining(data.toRealPath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {".log", ".sst", "MANIFEST", "CURRENT", SyncedMark.FILE})
    void refusesAStoreThatLacksAFile(String name) throws IOException {
        Files.delete(newest(name));
        refused();
    }

    @Test
    void refusesAStoreWhoseDatabaseIsGone() throws IOException {
        delete(data.resolve("db"));
        refused();
        assertThat(data.resolve("db")).doesNotExist();
        Files.createDirectory(data.resolve("db"));
        refused();
    }

    @Test
    void refusesAGarbledMark() throws IOException {
        byte[] bytes = Files.readAllBytes(data.resolve(SyncedMark.FILE));
        bytes[17] ^= 1;
        Files.write(data.resolve(SyncedMark.FILE), bytes);
        assertThat(refused()).hasMessageContaining(SyncedMark.FILE);
    }

    @Test
    void refusesAnOlderCopyOfTheDatabase() throws IOException {
        Path older = folder.resolve("older");
        copy(data.resolve("db"), older);
        fill(COUNT, COUNT + BATCH, Durability.D2);
        delete(data.resolve("db"));
        copy(older, data.resolve("db"));
        refused();
    }

    @Test
    void recoversFromAPowerLossThatTookWhatWasNotSynced() throws IOException {
        fill(COUNT, COUNT + 10 * BATCH, Durability.D1);
        cut(newest(".log"), 40);
        refused();
        pretendTheMachineWasStartedAnew();
        List<String> left = texts(folder);
        assertThat(left).hasSizeBetween(COUNT, COUNT + 9 * BATCH);
        assertThat(left).isEqualTo(expected(left.size()));
        fill(left.size(), left.size() + BATCH, Durability.D2);
        assertThat(texts(folder)).isEqualTo(expected(left.size() + BATCH));
    }

    @Test
    void refusesWhatWasSyncedToBeTakenByAPowerLoss() throws IOException {
        cut(newest(".log"), 40);
        pretendTheMachineWasStartedAnew();
        refused();
    }

    @Test
    void noFlippedByteGoesUnnoticedOrTakesARecordAway() throws IOException {
        List<String> expected = expected(COUNT);
        int noticed = 0;
        for (int seed = 0; seed < 150; seed++) {
            Path copy = folder.resolve("copy");
            copy(data, copy.resolve("data"));
            Path flipped = flip(copy.resolve("data"), new Random(seed));
            try {
                assertThat(texts(copy)).as("seed %d, %s", seed, flipped).isEqualTo(expected);
            } catch (FairleadException e) {
                assertThat(e.code()).as("seed %d, %s: %s", seed, flipped, e).isEqualTo(ErrorCode.STORAGE_DAMAGED);
                noticed++;
            }
            delete(copy);
        }
        assertThat(noticed).isGreaterThan(50);
    }

    private FairleadException refused() {
        FairleadException failure = failure(ErrorCode.STORAGE_DAMAGED, () -> open(folder, Durability.D2));
        assertThat(failure).hasMessageContaining("data folder ").hasMessageContaining("backup");
        return failure;
    }

    private static Path flip(Path store, Random random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(store)) {
            files = all.filter(file -> file.toFile().length() > 0)
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("owner.pid") && !file.endsWith("LOG"))
                    .sorted()
                    .toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return file;
    }

    private static void cut(Path file, int bytes) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
    }

    private void pretendTheMachineWasStartedAnew() throws IOException {
        ByteBuffer mark = ByteBuffer.wrap(Files.readAllBytes(data.resolve(SyncedMark.FILE)));
        mark.putLong(32, 1).putLong(40, 2);
        CRC32C checksum = new CRC32C();
        checksum.update(mark.array(), 0, 48);
        mark.putLong(48, checksum.getValue());
        Files.write(data.resolve(SyncedMark.FILE), mark.array());
    }

    private Path newest(String name) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().contains(name))
                    .filter(file -> file.toFile().length() > 0)
                    .max((one, other) -> one.getFileName().compareTo(other.getFileName()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(Path folder) {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D2)) {
            return Records.texts(mechanism, "a");
        }
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "k" + i % 7 + "=payload of " + i)
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }
}
