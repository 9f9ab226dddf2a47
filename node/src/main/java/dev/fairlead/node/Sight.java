package dev.fairlead.node;

import dev.fairlead.engine.documents.Document;
import java.util.Optional;

/** What a caller sees of a document: the bytes that it gets, or nothing when the value is not for it. */
@FunctionalInterface
interface Sight {
    Optional<byte[]> of(Document document);
}
