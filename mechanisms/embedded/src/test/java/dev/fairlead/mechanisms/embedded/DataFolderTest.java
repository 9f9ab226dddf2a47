package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFolderThatAnotherProcessHoldsAndNamesTheProcess() {
        try (ChildJvm child = ChildJvm.of(AppendingChild.class)
                .option("-Djava.io.tmpdir=" + folder)
                .showErrors()
                .start(folder.toString(), "1")) {
            child.awaitReady();
            assertThat(failure(ErrorCode.STORAGE_LOCKED, () -> open(folder, Durability.D1)))
                    .hasMessageContaining("process " + child.id() + ";");
        }
        open(folder, Durability.D1).close();
    }

    @Test
    void refusesAPathThatIsNotAFolder() throws Exception {
        Files.writeString(folder.resolve("data"), "a file");
        assertThat(failure(ErrorCode.STORAGE_ACCESS, () -> open(folder, Durability.D1)))
                .hasMessageContaining(folder.resolve("data").toString());
    }

    @Test
    void refusesAFolderThatCannotBeMade() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc), "there is no /proc, where nobody may make a folder");
        assertThat(failure(ErrorCode.STORAGE_ACCESS, () -> open(proc, Durability.D1)))
                .hasMessageContaining("/proc/data");
    }

    @Test
    void makesItsFolderForItsOwnerAlone() throws Exception {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "this system has no POSIX permissions");
        open(folder, Durability.D1).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void twoWaysToOneFolderShareOneStore() throws Exception {
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        try (EmbeddedMechanism one = open(folder.resolve("real"), Durability.D1);
                EmbeddedMechanism other = open(folder.resolve("link"), Durability.D1)) {
            Records.append(Records.writer(one, "a", Durability.D1), "k", "v");
            assertThat(Records.texts(other, "a")).containsExactly("k=v");
        }
    }

    @Test
    void leavesNoThreadBehind() {
        open(folder, Durability.D1).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.equals("fairlead-committer-data"))
                .noneMatch(name -> name.equals("fairlead-housekeeper-data"));
    }
}
