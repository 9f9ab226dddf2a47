package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Item;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.lock.LockFile;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * How a service is opened: its plan, and what a process puts in place of the defaults. For one thread; used once.
 */
public final class Opening {
    private final String service;
    private final List<Path> folders;
    private final List<Mechanism> mechanisms = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private @Nullable Path landscape;
    private TimeSource time = TimeSource.SYSTEM;
    private @Nullable Telemetry telemetry;

    private Opening(String service, List<Path> folders) {
        this.service = service;
        this.folders = folders;
    }

    /** Begins with the service's name and the folders of the plan files. */
    public static Opening of(String service, Path... plan) {
        return new Opening(service, List.of(plan));
    }

    /** Takes this file in place of the {@code landscape.yaml} in the first folder. */
    public Opening landscape(Path file) {
        this.landscape = file;
        return this;
    }

    /** Goes by this time. */
    public Opening time(TimeSource source) {
        this.time = source;
        return this;
    }

    /** Uses this instance wherever the plan names its mechanism; it stays the caller's to close. */
    public Opening mechanism(Mechanism mechanism) {
        this.mechanisms.add(mechanism);
        return this;
    }

    /** Lets this watch the service, in place of what is found on the class path. */
    public Opening telemetry(Telemetry watching) {
        this.telemetry = watching;
        return this;
    }

    /** Checks these handles against the plan before anything starts. */
    public Opening items(Item... handles) {
        this.items.addAll(List.of(handles));
        return this;
    }

    /** Opens the service; fails as {@link Fairlead#open} says. */
    public Fairlead open() {
        Plan plan = PlanFiles.read(folders, landscape);
        Decisions decisions = Decisions.decide(plan);
        PlanBinding binding = new PlanBinding(plan, decisions, service);
        PlanFiles.checkLock(plan, decisions, service, LockFile.of(folders.getFirst(), landscape));
        items.forEach(binding::check);
        CodecProvider codecs = codecs();
        Mechanisms carriers = new Mechanisms(
                mechanisms,
                binding.mechanisms(),
                name -> PlanFiles.opening(plan, name, time),
                name -> plan.landscape().mechanism(name).isPresent());
        Steps steps = new Steps(watching(), service);
        return new OpenService(
                service,
                binding,
                carriers,
                new Assembly(service, item -> codecs, time, steps),
                new ServiceTimer(service),
                new OpenRequests(binding, carriers, codecs, time, steps),
                new OpenTells(binding, carriers, codecs, time, steps));
    }

    private Telemetry watching() {
        Telemetry given = telemetry;
        return given != null ? given : foundTelemetry();
    }

    static Telemetry foundTelemetry() {
        return ServiceLoader.load(Telemetry.class).findFirst().orElse(Telemetry.NONE);
    }

    static CodecProvider codecs() {
        return ServiceLoader.load(CodecProvider.class)
                .findFirst()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.INTERNAL, "no codec on the class path (add dev.fairlead:fairlead-json)"));
    }
}
