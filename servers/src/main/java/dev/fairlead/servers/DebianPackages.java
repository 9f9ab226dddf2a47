package dev.fairlead.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Packages of Debian, and of what is made of it; what its release does not have comes from its backports. */
final class DebianPackages {
    private static final int MINUTES = 5;
    private static final Path RELEASE = Path.of("/etc/os-release");
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d");

    private DebianPackages() {}

    /** What a run of the package system said, and whether it did what it was to do. */
    private record Run(boolean done, String output) {
        Run then(Run next) {
            return new Run(next.done, output + next.output);
        }
    }

    /** What the package system said; one process at a time, as it wants it. */
    static String install(String debianPackage) throws IOException {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "fairlead-installing.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                return "no lock on " + lock;
            }
            Run run = install(debianPackage, List.of());
            if (run.done) {
                return run.output;
            }
            Optional<String> backports = backports();
            return backports.isEmpty() ? run.output : run.output + installFrom(backports.get(), debianPackage).output;
        }
    }

    private static Run install(String debianPackage, List<String> options) throws IOException {
        return apt(options, "update").then(apt(options, "install", "-y", "--no-install-recommends", debianPackage));
    }

    /** The machine's own list of sources stays as it is. */
    private static Run installFrom(String source, String debianPackage) throws IOException {
        Path folder = Files.createTempDirectory("sources");
        try {
            if (Files.isDirectory(SOURCES)) {
                try (Stream<Path> own = Files.list(SOURCES)) {
                    for (Path each : own.toList()) {
                        Files.copy(each, folder.resolve(each.getFileName()));
                    }
                }
            }
            Files.writeString(folder.resolve("fairlead-backports.list"), source);
            return install(
                    debianPackage, List.of("-o", "Dir::Etc::sourceparts=" + folder, "-o", "APT::Get::List-Cleanup=0"));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    /** The line for a list of sources: from where the release itself comes. */
    private static Optional<String> backports() throws IOException {
        if (!Files.isReadable(RELEASE)) {
            return Optional.empty();
        }
        Run targets = apt(
                List.of(), "indextargets", "--format", "$(RELEASE) $(REPO_URI) $(COMPONENT)", "Created-By: Packages");
        return backports(Files.readString(RELEASE), targets.output);
    }

    /** As above, of the text of {@code /etc/os-release}, and of lines of release, address and component. */
    static Optional<String> backports(String release, String targets) {
        return release.lines()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .flatMap(name -> targets.lines()
                        .map(line -> line.split(" ", -1))
                        .filter(words -> words.length == 3 && words[0].equals(name))
                        .findFirst()
                        .map(words -> "deb " + words[1] + " " + name + "-backports " + words[2] + "\n"));
    }

    private static Run apt(List<String> options, String... arguments) throws IOException {
        List<String> command = Stream.of(Stream.of("apt-get"), options.stream(), Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
        Path log = Files.createTempFile("apt", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Run(false, String.join(" ", command) + " took more than " + MINUTES + " minutes");
            }
            return new Run(process.exitValue() == 0, Files.readString(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }
}
