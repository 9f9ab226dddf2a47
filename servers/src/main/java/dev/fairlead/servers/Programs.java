package dev.fairlead.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of servers; Debian's are installed on the way, when that is allowed. */
final class Programs {
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
        String output = DebianPackages.install(debianPackage);
        return onPath(program).orElseThrow(() -> new IOException(advice + ": " + output));
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
