package dev.fairlead.examples.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The services of a landscape, each a process of its own. For one thread. */
public final class ServiceProcesses implements AutoCloseable {
    private static final long APART = 20_000_000;

    private final Function<String, ChildProcess> start;
    private final Patience patience;
    private final Map<String, ChildProcess> running = new LinkedHashMap<>();

    /** @param start starts the process of a service of this name, which serves as {@link ServiceProcess} does */
    public ServiceProcesses(Patience patience, Function<String, ChildProcess> start) {
        this.patience = patience;
        this.start = start;
    }

    /** Starts these, all at the same time: none may need that another is there first. Fails when one does not open. */
    public void start(List<String> services) throws InterruptedException {
        services.forEach(service -> running.put(service, start.apply(service)));
        for (String service : services) {
            if (!process(service).tells(ServiceProcess.OPEN::equals)) {
                throw new IllegalStateException(
                        service + " did not open: " + process(service).kill().how());
            }
        }
    }

    private ChildProcess process(String service) {
        ChildProcess process = running.get(service);
        if (process == null) {
            throw new IllegalArgumentException(service + " does not run");
        }
        return process;
    }

    /** Asks a service to do something. */
    public void ask(String service, String what) {
        process(service).ask(what);
    }

    /** What a service has told so far. */
    public List<String> lines(String service) {
        return process(service).lines();
    }

    /** Kills the process of a service, and waits for its end. */
    public void kill(String service) throws InterruptedException {
        process(service).kill();
        running.remove(service);
    }

    /** What there is to see of all now; of one that has died, or does not answer, a fault. */
    public Looked look() throws InterruptedException {
        Map<String, List<String>> seen = new LinkedHashMap<>();
        Map<String, Integer> before = new LinkedHashMap<>();
        running.forEach((service, process) -> {
            before.put(service, process.lines().size());
            process.ask(ServiceProcess.LOOK);
        });
        for (Map.Entry<String, ChildProcess> each : running.entrySet()) {
            int passedOver = before.getOrDefault(each.getKey(), 0);
            boolean isThere = each.getValue().tells(passedOver, ServiceProcess.LOOKED::equals);
            List<String> lines = each.getValue().lines();
            seen.put(
                    each.getKey(),
                    isThere ? lines.subList(passedOver, lines.size()) : List.of(Looked.SILENT + " it does not answer"));
        }
        return new Looked(seen);
    }

    /**
     * Looks until there is this to see, and gives the last look, whether it came to that in time or not. It must be there to see twice in a row, since
     * what goes from one service to another may be seen at neither.
     */
    public Looked lookUntil(Predicate<Looked> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + ChildProcess.LONGEST.toNanos();
        Looked looked = look();
        for (int seen = 0; System.nanoTime() - deadline < 0; looked = look()) {
            seen = wanted.test(looked) ? seen + 1 : 0;
            if (seen == 2 || !looked.of(Looked.SILENT).isEmpty()) {
                return looked;
            }
            patience.pause(APART);
        }
        return looked;
    }

    /** Asks all to end; returns what is wrong with how they did. */
    public List<String> end() throws InterruptedException {
        running.values().forEach(process -> process.ask(ServiceProcess.END));
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, ChildProcess> each : running.entrySet()) {
            ChildProcess.Ended ended = each.getValue().end();
            if (ended.exitCode() != 0) {
                faults.add(each.getKey() + " ended badly: " + ended.how());
            }
        }
        return faults;
    }

    @Override
    public void close() {
        running.values().forEach(ChildProcess::close);
    }
}
