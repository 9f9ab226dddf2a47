package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Receipt;
import dev.fairlead.generate.Output;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's application is compiled with what the page's commands generate, and run. */
class GeneratingPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/generating.md");

    @TempDir
    Path folder;

    @Test
    void theApplicationOfThePageRuns() throws Exception {
        Path plan = folder.resolve("shop");
        Path generated = folder.resolve("generated");
        assertThat(CommandRun.of("init", plan).exitCode()).isZero();
        assertThat(CommandRun.of("generate", plan, "--out", generated, "--only", "java")
                        .exitCode())
                .isZero();
        Files.writeString(plan.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data }\n");

        try (URLClassLoader application = compiled(sources(generated))) {
            Object price = application
                    .loadClass("shop.Catalog")
                    .getMethod("open", Path.class)
                    .invoke(null, plan);
            Object sold = application
                    .loadClass("shop.Checkout")
                    .getMethod("sell", Path.class, Receipt.class)
                    .invoke(null, plan, price);

            assertThat(sold).isEqualTo("15.30 EUR");
        }
    }

    @Test
    void thePageNamesEveryOutput() throws IOException {
        assertThat(Files.readString(PAGE)).contains(Output.words());
    }

    private List<Path> sources(Path generated) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(generated)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        for (String block : Documents.blocks(PAGE, "java")) {
            String type = block.replaceAll("(?s).*?public final class (\\w+).*", "$1");
            Path source = Files.createDirectories(folder.resolve("application")).resolve(type + ".java");
            sources.add(Files.writeString(source, block));
        }
        return sources;
    }

    private URLClassLoader compiled(List<Path> sources) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of("-d", classes.toString(), "-proc:none", "--release", "21");
            boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratingPageTest.class.getClassLoader());
    }
}
