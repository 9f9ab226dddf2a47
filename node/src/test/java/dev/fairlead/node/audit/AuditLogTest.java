package dev.fairlead.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTest {
    @TempDir
    Path folder;

    private static Act act(String why) {
        return new Act("denied", "billing", "127.0.0.1", "GET /items/{owner}/{item}", "profile.profile", why);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void s42LinesAreAddedAlsoAfterAStartAndNoneIsChanged() throws IOException {
        try (AuditLog log = AuditLog.open(folder.resolve("audit"))) {
            log.note(act("first"));
        }
        String before = Files.readString(files().getFirst());
        try (AuditLog log = AuditLog.open(folder.resolve("audit"))) {
            log.note(act("second"));
        }
        String after = Files.readString(files().getFirst());
        assertThat(after).startsWith(before).contains("second").hasLineCount(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit"))))
                .isEqualTo("rwx------");
    }

    @Test
    void s42ALineIsOneLineWhateverItHolds() throws IOException {
        try (AuditLog log = AuditLog.open(folder.resolve("audit"))) {
            log.note(act("a\r\n{\"act\":\"forged\"}\u2028\u0000\u0085"));
        }
        String text = Files.readString(files().getFirst());
        assertThat(text.codePoints().filter(each -> each == '\n' || each == '\r'))
                .hasSize(1);
        assertThat(JsonMapper.shared().readTree(text).get("act").asString()).isEqualTo("denied");
    }

    @Test
    void s42FilesAreBoundedAndTheNewestAreKept() throws IOException {
        try (AuditLog log = AuditLog.open(folder.resolve("audit"), 1_000)) {
            for (int i = 0; i < 200; i++) {
                log.note(act("reason " + i));
            }
        }
        assertThat(files()).hasSize(8);
        for (Path file : files()) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
        }
        assertThat(Files.readString(files().getLast())).contains("reason 199");
    }

    @Test
    void s42TheSameOverAndOverIsCountedAndPushesNothingOut() throws IOException {
        try (AuditLog log = AuditLog.open(folder.resolve("audit"), 1_000)) {
            log.note(act("rare"));
            for (int i = 0; i < 10_000; i++) {
                log.note(act("often"));
            }
        }
        StringBuilder all = new StringBuilder();
        long times = 0;
        for (Path file : files()) {
            for (String line : Files.readAllLines(file)) {
                all.append(line);
                times += line.contains("often")
                        ? JsonMapper.shared().readTree(line).get("times").asLong()
                        : 0;
            }
        }
        assertThat(all).contains("rare");
        assertThat(times).isEqualTo(10_000);
    }
}
