package dev.fairlead.cli.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFolderTest {
    @TempDir
    private Path temporary;

    private TestRepository repository;

    @BeforeEach
    void create() throws IOException {
        repository = TestRepository.create(temporary.resolve("repository"))
                .write("plan/a.yaml", "one\n")
                .write("plan/deep/Ünïcode name.yaml", "zwei\r\n\0x")
                .write("plan/readme.md", "no plan")
                .write("other/b.yaml", "other")
                .commit("one");
    }

    private List<String> written(GitFolder folder, String revision) throws IOException {
        Path target = Files.createTempDirectory(temporary, "target");
        folder.write(folder.revision(revision), target);
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesThePlanFilesOfARevisionByteForByte() throws IOException {
        repository.write("plan/a.yaml", "changed\n");
        GitFolder folder = GitFolder.of(repository.root().resolve("plan"));
        Path target = Files.createDirectory(temporary.resolve("target"));

        assertThat(folder.write(folder.revision("main"), target)).isEqualTo(2);

        assertThat(Files.readString(target.resolve("a.yaml"))).isEqualTo("one\n");
        assertThat(Files.readString(target.resolve("deep/Ünïcode name.yaml"))).isEqualTo("zwei\r\n\0x");
        assertThat(target.resolve("readme.md")).doesNotExist();
    }

    /** More than stands in a pipe, in both directions; whoever keeps the threads that all share busy keeps nobody from it. */
    @Test
    void readsMuchWhileTheSharedThreadsAreBusy() throws IOException {
        for (int file = 0; file < 2000; file++) {
            repository.write("much/" + file + ".yaml", "file " + file + " " + "x".repeat(200));
        }
        repository.commit("much");
        CountDownLatch done = new CountDownLatch(1);
        for (int thread = 0; thread < ForkJoinPool.getCommonPoolParallelism(); thread++) {
            ForkJoinPool.commonPool().execute(() -> awaitEnd(done));
        }
        try {
            assertThat(written(GitFolder.of(repository.root().resolve("much")), "HEAD"))
                    .hasSize(2000);
        } finally {
            done.countDown();
        }
    }

    private static void awaitEnd(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void takesTheWholeRepositoryWhenTheFolderIsItsRoot() throws IOException {
        assertThat(written(GitFolder.of(repository.root()), "HEAD"))
                .containsExactly("other/b.yaml", "plan/a.yaml", "plan/deep/Ünïcode name.yaml");
    }

    @Test
    void readsALinkedWorkTree() throws IOException {
        Path linked = temporary.resolve("linked");
        repository.git("worktree", "add", "--quiet", linked.toString(), "-b", "side");

        assertThat(written(GitFolder.of(linked.resolve("other")), "main")).containsExactly("b.yaml");
    }

    @Test
    void passesOverLinks() throws IOException {
        Files.createSymbolicLink(repository.root().resolve("other/link.yaml"), Path.of("/etc/passwd"));
        repository.commit("link");

        assertThat(written(GitFolder.of(repository.root().resolve("other")), "HEAD"))
                .containsExactly("b.yaml");
    }

    @Test
    void tellsThatTheFolderWasNotThere() throws IOException {
        repository.write("later/c.yaml", "c").commit("two");
        GitFolder folder = GitFolder.of(repository.root().resolve("later"));

        assertThat(folder.write(folder.revision("HEAD~1"), temporary.resolve("none")))
                .isZero();
    }

    @Test
    void tellsTheRevisionsInWhichTheFolderChanged() throws IOException {
        repository.write("plan/a.yaml", "two\n").commit("two");
        repository.write("other/b.yaml", "elsewhere").commit("three");
        repository.write("plan/a.yaml", "four\n").commit("four");
        GitFolder folder = GitFolder.of(repository.root().resolve("plan"));

        List<GitFolder.Revision> before = folder.before(folder.revision("main"), 10);

        assertThat(before)
                .extracting(GitFolder.Revision::id)
                .containsExactly(
                        folder.revision("main~2").id(),
                        folder.revision("main~3").id());
        assertThat(folder.before(folder.revision("main"), 1)).hasSize(1);
    }

    @Test
    void refusesARevisionThatIsNotThere() {
        GitFolder folder = GitFolder.of(repository.root());

        for (String name : List.of("nope", "--all", "HEAD~7", "", "main:plan")) {
            assertThatThrownBy(() -> folder.revision(name))
                    .isInstanceOfSatisfying(
                            FairleadException.class,
                            failed -> assertThat(failed.code()).isEqualTo(ErrorCode.PLAN))
                    .hasMessageContaining("there is no revision `" + name + "`")
                    .hasMessageContaining("give a branch");
        }
    }

    @Test
    void saysThatAShallowCloneMayLackIt() throws IOException {
        repository.write("plan/a.yaml", "two\n").commit("two");
        Path clone = temporary.resolve("clone");
        repository.git(
                "clone",
                "--quiet",
                "--depth",
                "1",
                "file://" + repository.root().toAbsolutePath(),
                clone.toString());
        GitFolder folder = GitFolder.of(clone.resolve("plan"));

        assertThat(written(folder, "HEAD")).hasSize(2);
        assertThat(folder.before(folder.revision("HEAD"), 10)).isEmpty();
        assertThatThrownBy(() -> folder.revision("HEAD~1")).hasMessageContaining("git fetch --unshallow");
    }

    @Test
    void refusesAFolderOutsideOfARepository() {
        assertThatThrownBy(() -> GitFolder.of(temporary))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("git says `fatal: not a git repository")
                .hasMessageContaining("name a folder of a repository");
    }
}
