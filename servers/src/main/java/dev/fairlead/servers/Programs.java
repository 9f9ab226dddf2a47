package dev.fairlead.servers;

import java.io.File;
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

/** Programs of servers; Debian's are installed on the way, when that is allowed. */
final class Programs {
    private static final int MINUTES = 5;

    private Programs() {}

    static Optional<String> onPath(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The program's path; installs the package when the user may, else fails with the command that helps. */
    static synchronized String find(String program, String debianPackage) throws IOException {
        Optional<String> found = onPath(program);
        if (found.isPresent()) {
            return found.get();
        }
        String advice = program + " is not on the path (install it: apt-get install -y --no-install-recommends "
                + debianPackage + ")";
        if (onPath("apt-get").isEmpty() || !isRoot()) {
            throw new IOException(advice);
        }
        String output = installed(debianPackage);
        return onPath(program).orElseThrow(() -> new IOException(advice + ": " + output));
    }

    /** One process at a time, as the package system wants it. */
    private static String installed(String debianPackage) throws IOException {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "fairlead-installing.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            return held.isValid()
                    ? apt("update") + apt("install", "-y", "--no-install-recommends", debianPackage)
                    : "no lock on " + lock;
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String apt(String... arguments) throws IOException {
        Path log = Files.createTempFile("apt", ".log");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("apt-get"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "apt-get " + List.of(arguments) + " took more than " + MINUTES + " minutes";
            }
            return Files.readString(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
    }
}
