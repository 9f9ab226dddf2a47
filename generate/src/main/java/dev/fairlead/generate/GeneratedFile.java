package dev.fairlead.generate;

/**
 * One file made from a plan.
 *
 * @param path below the folder it is written to, with {@code /} between its parts
 * @param content with {@code \n} at the end of each line
 */
public record GeneratedFile(String path, String content) {}
