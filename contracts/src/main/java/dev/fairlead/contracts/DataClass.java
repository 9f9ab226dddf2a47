package dev.fairlead.contracts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How closely data is guarded, from least to most; a reader's clearance must reach the class of what it declares. */
public enum DataClass {
    /** Anybody may see it. */
    PUBLIC,
    /** Anybody inside may see it; what is assumed where nothing is said. */
    INTERNAL,
    /** Only those who need it. */
    CONFIDENTIAL,
    /** About a person. */
    PERSONAL,
    /** Only those who are named. */
    RESTRICTED;

    /** Whether a reader cleared for this class may see data of {@code wanted}. */
    public boolean reaches(DataClass wanted) {
        return compareTo(wanted) >= 0;
    }

    /** The word used in plans. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class with this word, if there is one. */
    public static Optional<DataClass> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** The more guarded of the two. */
    DataClass orHigher(DataClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
