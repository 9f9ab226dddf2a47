package dev.fairlead.examples.demo;

import dev.fairlead.api.Owner;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a process does that is one service of a landscape: it opens the service, and does what the process that started it asks. */
public final class ServiceProcess {
    static final String OPEN = "open";
    static final String LOOK = "look";
    static final String LOOKED = "looked";
    static final String END = "end";
    static final String OWNS = "owns";
    static final String HOLDS = "holds";

    private ServiceProcess() {}

    /** Opens the service of this process. */
    @FunctionalInterface
    public interface Opening {
        /** @param parent who hears of what happens before it asks */
        Running open(Services services, ParentProcess parent);
    }

    /**
     * The service.
     *
     * @param service to be closed in the end
     * @param look tells what there is to see of it, as lines
     * @param act does what else it is asked for, and does not wait for its end
     */
    public record Running(AutoCloseable service, Supplier<List<String>> look, Consumer<String> act) {
        /** One that does nothing but be there. */
        public static Running of(AutoCloseable service, Supplier<List<String>> look) {
            return new Running(service, look, what -> {
                throw new IllegalArgumentException("there is nothing to do here: " + what);
            });
        }
    }

    /**
     * Serves until the parent says that it is the end.
     *
     * @param folder with the plan, and for the data
     */
    public static void serve(Path folder, Opening opening) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        ParentProcess parent = ParentProcess.open(asked::add);
        Path plan = folder.resolve("plan");
        try (OpenCarriers carriers = Carriers.of(plan).open(folder, TimeSource.SYSTEM)) {
            Running running = opening.open(new Services(plan, carriers.mechanisms(), TimeSource.SYSTEM), parent);
            try (AutoCloseable service = running.service()) {
                parent.tell(OPEN);
                for (String line = asked.take(); !line.equals(END); line = asked.take()) {
                    if (line.equals(LOOK)) {
                        running.look().get().forEach(parent::tell);
                        parent.tell(LOOKED);
                    } else {
                        running.act().accept(line);
                    }
                }
            }
        }
    }

    /** A line of what an owner has. */
    public static String owns(String item, Owner<?, ?> owner) {
        return OWNS + " " + item + " " + owner.digest();
    }

    /** Lines of what copies hold. */
    public static List<String> holds(List<Follows> all) {
        return all.stream()
                .map(each -> HOLDS + " " + each.item() + " "
                        + each.copy().health().state() + " " + each.copy().digest())
                .toList();
    }
}
