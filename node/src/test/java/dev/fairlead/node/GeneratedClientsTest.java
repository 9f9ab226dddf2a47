package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that OpenAPI Generator makes of the node's own document are compiled, and call the node. */
@Tag("slow")
class GeneratedClientsTest {
    private static final String GENERATOR = "org.openapitools.codegen.OpenAPIGenerator";
    private static final Path CLASS_PATH = Path.of("client-generator", "target", "generator.classpath");
    private static final Path COMPILER = Path.of("META-INF", "resources", "webjars", "typescript");
    private static final List<String> SAID = List.of("version 1", "name Ada", "keys 1", "refused 412");

    @TempDir
    Path folder;

    private RunningNode node;

    @BeforeEach
    void start() throws IOException {
        node = RunningNode.in(folder);
        Files.writeString(
                folder.resolve("openapi.json"), node.get("/openapi.json").body());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void inJava() throws Exception {
        generate(
                "java",
                "java",
                "--library",
                "native",
                "--additional-properties",
                "openApiNullable=false,useJakartaEe=true");
        Path main = folder.resolve("java/src/main/java");
        resource("Caller.java.txt", main.resolve("Caller.java"));
        Path classes = folder.resolve("classes");
        List<String> compile = new ArrayList<>(
                List.of(java("javac"), "-proc:none", "-nowarn", "-cp", classPath(), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(main)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compile::add);
        }
        run(compile);

        List<String> said = run(List.of(
                java("java"),
                "-cp",
                classes + File.pathSeparator + classPath(),
                "Caller",
                "http://localhost:" + node.port()));
        assertThat(said).isEqualTo(SAID);
    }

    @Test
    void inTypeScript() throws Exception {
        assumeTrue(isOnPath("node"), "node is not on the path: the client in TypeScript was not tried");
        generate("typescript-fetch", "ts/client");
        resource("caller.ts", folder.resolve("ts/caller.ts"));
        run(List.of(
                "node",
                compiler().resolve("lib/tsc.js").toString(),
                "--strict",
                "--module",
                "commonjs",
                "--target",
                "es2020",
                "--lib",
                "es2020,dom",
                "--outDir",
                folder.resolve("js").toString(),
                folder.resolve("ts/caller.ts").toString()));

        List<String> said =
                run(List.of("node", folder.resolve("js/caller.js").toString(), "http://localhost:" + node.port()));
        assertThat(said).isEqualTo(SAID);
    }

    private void generate(String kind, String place, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                java("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                GENERATOR,
                "generate",
                "-g",
                kind,
                "-i",
                folder.resolve("openapi.json").toString(),
                "-o",
                folder.resolve(place).toString()));
        command.addAll(List.of(options));
        run(command);
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    /** The list that {@code client-generator} makes, which is above this folder. */
    private static String classPath() throws IOException {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.isReadable(above.resolve(CLASS_PATH))) {
                return Files.readString(above.resolve(CLASS_PATH)).strip();
            }
        }
        throw new IOException("no " + CLASS_PATH + " (make it: mvn -pl client-generator generate-resources)");
    }

    /** The compiler of TypeScript, taken out of its jar. */
    private Path compiler() throws IOException {
        Path jar = Arrays.stream(classPath().split(File.pathSeparator))
                .map(Path::of)
                .filter(each -> each.getFileName().toString().startsWith("typescript-"))
                .findFirst()
                .orElseThrow();
        Path target = folder.resolve("compiler");
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Path root = inside.getPath("/" + COMPILER);
            try (Stream<Path> versions = Files.list(root)) {
                copy(versions.findFirst().orElseThrow(), target);
            }
        }
        return target;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Path copied = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(each, copied);
                }
            }
        }
    }

    private static void resource(String name, Path to) throws IOException {
        try (InputStream in = GeneratedClientsTest.class.getResourceAsStream(name)) {
            Files.createDirectories(to.getParent());
            Files.copy(Objects.requireNonNull(in, name), to);
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** What a program says that ends well. */
    private List<String> run(List<String> command) throws Exception {
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor())
                .as("%s said %s and %s", command, said, Files.readString(errors))
                .isZero();
        return said;
    }
}
