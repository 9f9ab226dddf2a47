package dev.fairlead.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules of the build, as the root pom lists them, without this one. */
record Reactor(Path root, List<String> modules) {
    private static final String SELF = "architecture-tests";
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    static Reactor find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(SELF))) {
            folder = folder.getParent();
        }
        return new Reactor(folder, modulesOf(read(folder.resolve("pom.xml"))));
    }

    private static List<String> modulesOf(String pom) {
        return MODULE.matcher(pom)
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.equals(SELF))
                .toList();
    }

    /** What the modules ship. */
    JavaClasses mainClasses() {
        return classes("target/classes");
    }

    /** What the modules test with. */
    JavaClasses testClasses() {
        return classes("target/test-classes");
    }

    private JavaClasses classes(String output) {
        return new ClassFileImporter().importPaths(folders(output).toList());
    }

    /** The Java files that the modules ship. */
    List<SourceFile> mainSources() {
        return sources("src/main/java");
    }

    /** All Java files of the modules. */
    List<SourceFile> allSources() {
        return Stream.concat(mainSources().stream(), sources("src/test/java").stream())
                .toList();
    }

    private List<SourceFile> sources(String source) {
        return folders(source).flatMap(SourceFile::below).toList();
    }

    private Stream<Path> folders(String below) {
        return modules.stream()
                .map(module -> root.resolve(module).resolve(below))
                .filter(Files::exists);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Java file: the type that its name promises, and its length. */
    record SourceFile(String type, int lines) {
        static Stream<SourceFile> below(Path folder) {
            try (Stream<Path> files = Files.walk(folder)) {
                return files
                        .filter(file -> file.toString().endsWith(".java"))
                        .map(file -> of(folder, file))
                        .toList()
                        .stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static SourceFile of(Path folder, Path file) {
            String path = folder.relativize(file).toString();
            String type = path.substring(0, path.length() - ".java".length())
                    .replace(file.getFileSystem().getSeparator(), ".");
            return new SourceFile(type, Math.toIntExact(read(file).lines().count()));
        }
    }
}
