package dev.fairlead.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code --report} writes; scripts rely on the keys.
 *
 * @param command what was run
 * @param seed with which it can be run again
 * @param passed whether all checks passed
 * @param checks in the order in which they were judged
 * @param figures what was measured, units in the names
 */
record RunReport(String command, long seed, boolean passed, List<Check> checks, Map<String, ? extends Number> figures) {
    record Check(String name, boolean passed, String detail) {}

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Fails before a long run, and not after it, when its report could not be written. */
    static void refuseUnwritable(CommandLine command, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ParameterException(
                    command,
                    "cannot write --report " + file + " (name a file in a folder that exists and is writable)");
        }
    }

    void write(CommandLine command, Path file) {
        try {
            Files.write(file, (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new ParameterException(
                    command, "cannot write --report " + file + ": " + FileFault.words(failed), failed);
        }
    }
}
