package dev.fairlead.mechanisms.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Names one run of the machine, from start to stop; on a system that does not tell, each process is a run of its own. */
record Boot(long high, long low) {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    static Boot current() {
        UUID id = read();
        return new Boot(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static UUID read() {
        try {
            return UUID.fromString(Files.readString(LINUX).strip());
        } catch (IOException | IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }
}
