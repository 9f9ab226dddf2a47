package dev.fairlead.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of plan files for one test; findings come out with file names relative to the folder. */
public final class PlanFolder {
    private final Path folder;

    public PlanFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    public PlanFolder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public PlanFolder with(String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public PlanResult read() {
        return PlanReader.read(folder);
    }

    /** The plan, which must be free of faults. */
    public Plan plan() {
        PlanResult result = read();
        Plan plan = result.plan();
        if (plan == null) {
            throw new AssertionError("faults: " + lines());
        }
        return plan;
    }

    /** All findings as lines, in order. */
    public List<String> lines() {
        return read().findings().stream().map(this::line).toList();
    }

    /** All findings as {@code rule LINE:COLUMN}, in order. */
    public List<String> rules() {
        return read().findings().stream()
                .map(each -> each.rule().id() + " " + each.place().line() + ":"
                        + each.place().column())
                .toList();
    }

    private String line(Finding finding) {
        return finding.line().replace(SourceFiles.shown(folder) + "/", "");
    }
}
