package dev.fairlead.engine.documents;

/**
 * A value in the form of its codec, for a process that has no Java type for it.
 *
 * <p>An owner of documents checks each against the fields of the plan when it is written; one that was read has been checked then.
 *
 * @param key the value's key in text form; it must be what the content's key field says
 * @param content the encoded value, a JSON object; not to be changed
 */
public record Document(String key, byte[] content) {}
