package dev.fairlead.planner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings plan files into their canonical form: two spaces for each level, one space after a colon, fields and neighbouring
 * mappings in columns, one blank line at most.
 *
 * <p>Only white space changes, so every comment stays; what comes out is read again and must mean the same, or the file is left
 * alone. Formatting twice is the same as formatting once. Keys keep their order.
 */
public final class PlanFormatter {
    private final Findings findings = new Findings();
    private final SourceFiles files = new SourceFiles(findings);
    private final List<Path> changed = new ArrayList<>();

    private PlanFormatter() {}

    /** Finds the plan files below the folders that are not in canonical form; writes nothing. */
    public static FormatResult check(List<Path> folders) {
        PlanFormatter formatter = new PlanFormatter();
        formatter.forEachFile(folders, (file, text) -> formatter.changed.add(file));
        return formatter.result();
    }

    /** Brings the plan files below the folders into canonical form; each file is replaced as a whole. */
    public static FormatResult write(List<Path> folders) {
        PlanFormatter formatter = new PlanFormatter();
        formatter.forEachFile(folders, formatter::replace);
        return formatter.result();
    }

    /** Takes a file that is not in canonical form, with the text that it should have. */
    private interface Difference {
        void found(Path file, String text);
    }

    private FormatResult result() {
        return new FormatResult(changed, findings.sorted());
    }

    private void forEachFile(List<Path> folders, Difference difference) {
        for (Path file : files.find(folders)) {
            if (files.isFull(file)) {
                return;
            }
            SourceText source = files.read(file);
            String text = source == null ? null : format(source, findings);
            if (source != null && text != null && !text.equals(source.text())) {
                difference.found(file, text);
            }
        }
    }

    /** The canonical text of a file, or null when it has faults or no canonical form; then there is a finding. */
    static @Nullable String format(SourceText source, Findings findings) {
        Findings faults = new Findings();
        Node root = Tree.read(source, faults);
        if (root == null || faults.hasErrors()) {
            faults.sorted().forEach(fault -> findings.error(fault.rule(), fault.place(), fault.message()));
            return null;
        }
        try {
            String text = new Layout(source, root).text();
            if (isSafe(source, root, text)) {
                return text;
            }
        } catch (Layout.Irregular irregular) {
            note(findings, new Place(source.file(), irregular.line(), 1));
            return null;
        }
        note(findings, Place.startOf(source.file()));
        return null;
    }

    private static void note(Findings findings, Place place) {
        findings.note(
                Rule.SYNTAX,
                place,
                "this file is left as it is, because of how it is written here (use one `key: value` on each line)");
    }

    private static boolean isSafe(SourceText source, Node root, String text) {
        Node again = Tree.read(new SourceText(source.file(), text), new Findings());
        return again != null
                && root.meansTheSameAs(again)
                && withoutSpace(source.text()).equals(withoutSpace(text));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    private void replace(Path file, String text) {
        try {
            Path target = file.toRealPath();
            Path beside = Files.createTempFile(target.getParent(), ".fairlead-fmt", ".tmp");
            try {
                Files.copy(target, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            changed.add(file);
        } catch (IOException failed) {
            findings.error(
                    Rule.UNREADABLE,
                    Place.startOf(SourceFiles.shown(file)),
                    "this cannot be written: " + failed.getClass().getSimpleName()
                            + " (check that the file and its folder may be written)");
        }
    }
}
