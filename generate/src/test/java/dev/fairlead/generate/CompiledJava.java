package dev.fairlead.generate;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles generated files with javac, every warning an error, and loads them. */
final class CompiledJava implements AutoCloseable {
    private final URLClassLoader loader;

    private CompiledJava(URLClassLoader loader) {
        this.loader = loader;
    }

    static CompiledJava of(List<GeneratedFile> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        List<Source> sources = new ArrayList<>();
        StringWriter output = new StringWriter();
        for (GeneratedFile file : files) {
            if (file.path().endsWith(".java")) {
                sources.add(new Source(file));
            }
        }
        Files.createDirectories(classes);
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "--release",
                "21",
                "-Xlint:all,-classfile,-path",
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(faults, Locale.ROOT, null)) {
            boolean compiled = compiler.getTask(output, manager, faults, options, null, sources)
                    .call();
            if (!compiled) {
                throw new AssertionError(faults.getDiagnostics() + "\n" + output);
            }
        }
        return new CompiledJava(
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, CompiledJava.class.getClassLoader()));
    }

    Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        private Source(GeneratedFile file) {
            super(URI.create("string:///" + file.path()), Kind.SOURCE);
            this.content = file.content();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
