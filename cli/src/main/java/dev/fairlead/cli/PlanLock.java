package dev.fairlead.cli;

import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.lock.Lock;
import dev.fairlead.planner.lock.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a plan as it is, and as it would be.
 *
 * @param locked null when there is none yet
 * @param changes what a new lock would have otherwise
 */
record PlanLock(Path file, @Nullable Lock locked, Lock next, List<String> changes) {
    private static final int SHOWN = 20;

    static PlanLock of(Path file, @Nullable Lock locked, JudgedPlan judged) {
        Lock next = Lock.of(judged.plan(), judged.decisions(), locked).with(judged.metrics());
        List<String> changes = (locked == null ? Lock.NONE : locked).changesTo(next);
        return new PlanLock(file, locked, next, changes);
    }

    /** Stands for a lock that is not there and that nobody asked for: it is not worked out. */
    static PlanLock unasked(Path file) {
        return new PlanLock(file, null, Lock.NONE, List.of());
    }

    boolean isOutdated() {
        return !changes.isEmpty();
    }

    /** The word of a report: whether there is a lock, and whether it is that of the plan. */
    String state() {
        return locked == null ? "absent" : isOutdated() ? "outdated" : "current";
    }

    void write() throws IOException {
        LockFile.write(file, next);
    }

    /** What became of the lock, for a terminal. */
    String text(boolean isWritten) {
        StringBuilder text = new StringBuilder("\nLock: ").append(file);
        if (!isOutdated()) {
            return text.append(" is that of this plan\n").toString();
        }
        String verb = isWritten
                ? locked == null ? " was written, with " : " was written anew, with "
                : " is not that of this plan any more: ";
        text.append(verb).append(changes.size()).append(changes.size() == 1 ? " change" : " changes");
        text.append(isWritten ? "\n" : " (run with --write-lock, and have them reviewed)\n");
        changes.stream()
                .limit(SHOWN)
                .forEach(change -> text.append("  ").append(change).append('\n'));
        if (changes.size() > SHOWN) {
            text.append("  and ").append(changes.size() - SHOWN).append(" more\n");
        }
        return text.toString();
    }
}
