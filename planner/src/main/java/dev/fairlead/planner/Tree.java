package dev.fairlead.planner;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the text of one file into nodes that know their places.
 *
 * <p>Works on the parser's events and not on its composed tree, because only so an aliased value is reported where it is used,
 * and because nothing here recurses: a hostile file meets a limit, not the end of the stack.
 */
final class Tree {
    /** The scanner copies what it holds for each buffer that a long comment or text takes, so the buffer holds a whole file if it can. */
    private static final int LARGEST_BUFFER = 1 << 16;

    private static final int SMALLEST_BUFFER = 1 << 10;

    private final SourceText source;
    private final Findings findings;

    private Tree(SourceText source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** The one document of the file, or null when it cannot be read; the faults are among the findings. */
    static @Nullable Node read(SourceText source, Findings findings) {
        return new Tree(source, findings).read();
    }

    private @Nullable Node read() {
        TreeBuilder builder = new TreeBuilder(source.file(), findings);
        try {
            Iterator<Event> events = new Parse(settings(source.text().length()))
                    .parseString(GroupedCommas.hide(source.text()))
                    .iterator();
            while (events.hasNext()) {
                builder.take(events.next());
            }
            if (builder.root() == null) {
                findings.error(
                        Rule.SYNTAX,
                        Place.startOf(source.file()),
                        "the file is empty (write at least `service: name`, or remove it)");
            }
            return builder.root();
        } catch (TreeBuilder.Refused refused) {
            findings.error(refused.rule(), refused.place(), refused.text());
        } catch (MarkedYamlEngineException fault) {
            findings.error(Rule.SYNTAX, place(fault), message(fault.getProblem()));
        } catch (YamlEngineException fault) {
            findings.error(Rule.SYNTAX, Place.startOf(source.file()), message(String.valueOf(fault.getMessage())));
        }
        return null;
    }

    private static LoadSettings settings(int characters) {
        return LoadSettings.builder()
                .setCodePointLimit(PlanLimits.FILE_BYTES)
                .setBufferSize(Math.clamp(characters + 2L, SMALLEST_BUFFER, LARGEST_BUFFER))
                .setUseMarks(true)
                .build();
    }

    private Place place(MarkedYamlEngineException fault) {
        Optional<Mark> mark = fault.getProblemMark().or(fault::getContextMark);
        return mark.map(at -> new Place(source.file(), at.getLine() + 1, at.getColumn() + 1))
                .orElse(Place.startOf(source.file()));
    }

    private String message(String problem) {
        String shown = Printable.escaped(
                GroupedCommas.show(problem).lines().findFirst().orElse("unknown fault"));
        String form = source.file().endsWith(".json") ? "JSON" : "YAML";
        return "not valid " + form + ": " + shown + " (" + remedy(shown) + ")";
    }

    private static String remedy(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "indent the line like its neighbours, or quote a text that holds `: `";
        }
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return "indent with spaces";
        }
        if (problem.contains("block end")) {
            return "indent the line like its neighbours";
        }
        return "check indentation, quotes and brackets here";
    }
}
