package dev.fairlead.generate;

import java.nio.file.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
    @Test
    void dump(@TempDir Path folder) throws Exception {
        Path out = Path.of("/tmp/gen-spike/out");
        Generation made = Generator.generate(TestPlans.hostile(folder), Choice.everything());
        System.out.println(made.refusals());
        for (GeneratedFile file : made.files()) {
            Path path = out.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.content());
        }
        CompiledJava.of(made.files(), folder.resolve("classes"));
    }
}
