package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedFolderTest {
    private static final List<GeneratedFile> FIRST =
            List.of(new GeneratedFile("a/one.txt", "one\n"), new GeneratedFile("b/c/two.txt", "two\n"));
    private static final List<GeneratedFile> SECOND =
            List.of(new GeneratedFile("a/one.txt", "another\n"), new GeneratedFile("d.txt", "three\n"));

    @TempDir
    Path temporary;

    @Test
    void removesWhatIsNotGeneratedAnyMoreAndTheFoldersThatItLeavesEmpty() throws IOException {
        folder().write(FIRST);

        OwnedFolder.Changes changes = folder().write(SECOND);

        assertThat(changes.written()).containsExactly("a/one.txt", "d.txt");
        assertThat(changes.removed()).containsExactly("b/c/two.txt");
        assertThat(paths()).containsExactlyInAnyOrder(".fairlead-generated", "a", "a/one.txt", "d.txt");
        assertThat(path("a/one.txt")).hasContent("another\n");
        assertThat(folder().check(SECOND).none()).isTrue();
    }

    @Test
    void touchesNothingWhenAFileWasChanged() throws IOException {
        folder().write(FIRST);
        Files.writeString(path("b/c/two.txt"), "mine\n");

        OwnedFolder.Changes changes = folder().write(SECOND);

        assertThat(changes.foreign()).containsExactly("b/c/two.txt was changed since it was generated");
        assertThat(path("b/c/two.txt")).hasContent("mine\n");
        assertThat(path("a/one.txt")).hasContent("one\n");
        assertThat(path("d.txt")).doesNotExist();
    }

    @Test
    void touchesNothingInAFolderWithFilesOfOthers() throws IOException {
        Files.createDirectories(path("src"));
        Files.writeString(path("src/Mine.java"), "class Mine {}");

        OwnedFolder.Changes changes = folder().write(FIRST);

        assertThat(changes.foreign()).containsExactly("src/Mine.java was not generated");
        assertThat(paths()).containsExactlyInAnyOrder("src", "src/Mine.java");
    }

    @Test
    void doesNotFollowALinkOutOfTheFolder() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(outside.resolve("one.txt"), "theirs");
        Files.createDirectories(path(""));
        Files.createSymbolicLink(path("a"), outside);

        assertThat(folder().write(FIRST).foreign()).containsExactly("a was not generated");
        assertThat(outside.resolve("one.txt")).hasContent("theirs");
    }

    @Test
    void goesOnWhereAWriteWasBrokenOff() throws IOException {
        folder().write(FIRST);
        Files.writeString(
                path(Manifest.NAME), Manifest.of(FIRST).and(Manifest.of(SECOND)).text());
        Files.writeString(path("a/one.txt"), "another\n");
        Files.writeString(path(".fairlead-part"), "thr");

        OwnedFolder.Changes changes = folder().write(SECOND);

        assertThat(changes.foreign()).isEmpty();
        assertThat(changes.written()).containsExactly("d.txt");
        assertThat(folder().check(SECOND).none()).isTrue();
        assertThat(paths()).doesNotContain("b", ".fairlead-part");
    }

    @Test
    void takesTheLineEndsOfAnyVersionControl() throws IOException {
        folder().write(FIRST);
        for (String file : List.of("a/one.txt", Manifest.NAME)) {
            Files.writeString(path(file), Files.readString(path(file)).replace("\n", "\r\n"));
        }

        assertThat(folder().check(FIRST).none()).isTrue();
        assertThat(folder().write(SECOND).foreign()).isEmpty();
    }

    @Test
    void checksWithoutWriting() throws IOException {
        OwnedFolder.Changes changes = folder().check(FIRST);

        assertThat(changes.written()).containsExactly("a/one.txt", "b/c/two.txt");
        assertThat(path("")).doesNotExist();
    }

    private OwnedFolder folder() {
        return new OwnedFolder(path(""));
    }

    private Path path(String below) {
        return temporary.resolve("out").resolve(below);
    }

    private List<String> paths() throws IOException {
        try (Stream<Path> all = Files.walk(path(""))) {
            return all.filter(each -> !each.equals(path("")))
                    .map(each -> path("").relativize(each).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
