package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The program on Spring Cloud Stream that {@code benchmarks/binder} builds; the framework's jars stand on no class path of ours. */
record BinderProcess(Path classes, String jars) {
    private static final Path MODULE = Path.of("benchmarks", "binder", "target");

    /** The program, where the build has made it: below the folder that {@code fairlead.server-jars} names, else below this one or above it. */
    static Optional<BinderProcess> built() throws IOException {
        Path from = Path.of(System.getProperty("fairlead.server-jars", "")).toAbsolutePath();
        Optional<Path> target = Stream.iterate(from, Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(MODULE))
                .filter(folder -> Files.isReadable(folder.resolve("program.classpath"))
                        && Files.isDirectory(folder.resolve("classes")))
                .findFirst();
        return target.isEmpty()
                ? Optional.empty()
                : Optional.of(new BinderProcess(
                        target.get().resolve("classes"),
                        Files.readString(target.get().resolve("program.classpath"))
                                .strip()));
    }

    /** Sends so many values through a topic of its own, in a new process with the options of this one's. */
    Usage send(ServerPlace place, int count, int keys) throws Exception {
        String topic = place.named(Names.next("_binder_topic"));
        KafkaConnection connection = new KafkaConnection(place);
        connection.create(topic);
        try {
            return Usage.of(said(List.of(place.url(), topic, Integer.toString(count), Integer.toString(keys))));
        } finally {
            connection.delete(topic);
        }
    }

    private String said(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseParallelGC",
                                "-cp",
                                classes + java.io.File.pathSeparator + jars,
                                "dev.fairlead.binder.BinderProgram"),
                        arguments.stream())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the program on Spring Cloud Stream failed: " + said);
            }
            return said.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
