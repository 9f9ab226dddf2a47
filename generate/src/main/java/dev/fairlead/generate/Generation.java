package dev.fairlead.generate;

import java.util.List;

/**
 * What came of generating.
 *
 * @param files by path; to be written only when nothing was refused
 * @param refusals in the order of the plan
 */
public record Generation(List<GeneratedFile> files, List<Refusal> refusals) {
    public Generation {
        files = List.copyOf(files);
        refusals = List.copyOf(refusals);
    }
}
