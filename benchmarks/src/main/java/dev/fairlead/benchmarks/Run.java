package dev.fairlead.benchmarks;

import java.nio.file.Path;

/**
 * One run of a benchmark.
 *
 * @param effort how long it measures
 * @param folder where the files of the measurement go, each in a folder of its own that is removed afterwards
 * @param progress who is told what is being measured
 */
public record Run(Effort effort, Path folder, Progress progress) {
    Scratch scratch() {
        return new Scratch(folder);
    }

    int of(int usual) {
        return effort.of(usual);
    }
}
