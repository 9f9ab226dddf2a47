package dev.fairlead.planner.check;

import dev.fairlead.contracts.compatibility.Document;
import dev.fairlead.planner.Rule;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One thing that does not fit any more, with all the readers and meetings for which it does not. */
final class Broken {
    private final Rule rule;
    private final String path;
    private final String was;
    private final String is;
    private final Document witness;
    private final SortedSet<String> readers = new TreeSet<>();
    private final Set<Meeting> meetings = EnumSet.noneOf(Meeting.class);

    /**
     * Something that is broken.
     *
     * @param was what readers rely on
     * @param is what they get
     */
    Broken(Rule rule, String path, String was, String is, Document witness) {
        this.rule = rule;
        this.path = path;
        this.was = was;
        this.is = is;
        this.witness = witness;
    }

    void add(String reader, Meeting meeting) {
        readers.add(reader);
        meetings.add(meeting);
    }

    Rule rule() {
        return rule;
    }

    String path() {
        return path;
    }

    String was() {
        return was;
    }

    String is() {
        return is;
    }

    Document witness() {
        return witness;
    }

    SortedSet<String> readers() {
        return readers;
    }

    Set<Meeting> meetings() {
        return meetings;
    }
}
