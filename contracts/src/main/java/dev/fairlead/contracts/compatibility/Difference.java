package dev.fairlead.contracts.compatibility;

/**
 * One way in which not all that is produced can be read, and a document that shows it.
 *
 * @param path of the field, with dots between its parts, {@code []} for an element and {@code {}} for a value of a map
 * @param produced what is written there, for example {@code string?}; {@code nothing} when there is no such field
 * @param read what the reader expects there
 * @param witness a whole record that the owner may write and that the reader refuses or, when only the meaning differs, misreads
 */
public record Difference(Kind kind, String path, String produced, String read, Document.Members witness) {

    /** In what the two differ. */
    public enum Kind {
        /** The reader needs a field that is not there. */
        MISSING,
        /** The reader needs a value where none need be. */
        OPTIONAL,
        /** The reader knows fewer symbols or variants. */
        SYMBOL,
        /** The reader cannot read values of this type. */
        TYPE,
        /** The reader can read every value, but some come out as another. */
        MEANING
    }

    /** The first part of the path, which is what a reader's {@code uses} names. */
    public String field() {
        int end = 0;
        while (end < path.length() && ".[{".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return path.substring(0, end);
    }
}
