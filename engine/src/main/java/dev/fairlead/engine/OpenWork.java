package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import java.util.List;
import java.util.Map;

/**
 * What an open service has still to do, as one look found it: for tests that wait until a landscape is quiet.
 *
 * <p>A look is no snapshot of one moment, because threads go on meanwhile. But all marks only grow: when two looks at the same services, one
 * begun after the other ended, found nothing busy and the same marks, nothing was under way between them.
 *
 * @param busy what is under way or due, one line each; empty when there is nothing
 * @param waiting what goes on only when the clock moves or a service opens a handler, one line each
 * @param marks how far each part is: ends of logs, positions, counts
 */
public record OpenWork(List<String> busy, List<String> waiting, Map<String, Long> marks) {
    public OpenWork {
        busy = List.copyOf(busy);
        waiting = List.copyOf(waiting);
        marks = Map.copyOf(marks);
    }

    /**
     * Looks at the service; a closed one has nothing to do. Wakes its outboxes, so that they publish without waiting for their next look.
     *
     * @throws IllegalArgumentException when the service was not opened by this engine
     */
    public static OpenWork of(Fairlead service) {
        if (service instanceof OpenService open) {
            WorkReport report = new WorkReport();
            open.report(report);
            return report.work();
        }
        throw new IllegalArgumentException("not opened by this engine: " + service);
    }
}
