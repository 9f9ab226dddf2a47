package dev.fairlead.engine.documents;

/**
 * A question or an answer in the form of its codec, for a process that has no Java types for it; checked as a {@link Document} is.
 *
 * @param content the encoded question or answer, a JSON object; not to be changed
 */
public record RequestDocument(byte[] content) {}
