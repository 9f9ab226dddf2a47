package dev.fairlead.node.description;

/**
 * One kind of error that a node answers with.
 *
 * @param id the last part of its type
 */
public record KnownProblem(String id, int status, String title) {}
