package dev.fairlead.benchmarks;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What figures were measured on; without it they mean nothing. */
public final class Machine {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private Machine() {}

    /** The JDK, the processors, the memory and the file system of the folder, in lines for people. */
    public static List<String> facts(Path folder) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        FileStore store = Files.getFileStore(folder);
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
        String java = "JDK " + Runtime.version() + ", " + collectors + ", heap at most "
                + String.format(Locale.ROOT, "%.1f GB", runtime.maxMemory() / 1e9);
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors";
        String files = "files on " + store.type()
                + (IN_MEMORY.contains(store.type())
                        ? ", which is memory: what is synced here says nothing about a disk (--data DIR names another place)"
                        : "");
        return List.of(java, system, files);
    }
}
