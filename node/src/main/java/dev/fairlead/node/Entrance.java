package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.audit.Act;
import dev.fairlead.node.audit.AuditLog;
import dev.fairlead.node.identity.Authenticator;
import dev.fairlead.node.identity.Known;
import dev.fairlead.node.limits.CallerLimits;
import dev.fairlead.node.limits.CallerRooms;
import dev.fairlead.node.metrics.NodeMeters;
import dev.fairlead.planner.Access;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way into a node: who calls, how much each may take, and what is noted of it. */
final class Entrance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Entrance.class.getName());
    private static final String AUDIT = "audit";

    private final AuditLog audit;
    private final @Nullable Authenticator authenticator;
    private final Callers callers;
    private final CallerRooms rooms;
    private final NodeMeters meters = new NodeMeters();
    private final CopyOnWriteArrayList<Runnable> changes = new CopyOnWriteArrayList<>();
    private volatile boolean accessRefused;

    private Entrance(NodeSettings settings, Plan plan, AuditLog audit) {
        this.audit = audit;
        Path file = settings.access();
        Set<String> services = plan.services().stream().map(ServicePlan::name).collect(Collectors.toSet());
        this.authenticator = file == null
                ? null
                : Authenticator.open(file, new Known(services, Outside.clients(plan)), new Noting());
        this.callers = authenticator == null ? new BelievedCallers(plan) : new ProvenCallers(plan, authenticator);
        this.rooms = new CallerRooms(this::limits);
    }

    /** Fails with PLAN when callers would be believed, or could be overheard, on an address that others reach. */
    static Entrance open(NodeSettings settings, Plan plan) {
        AuditLog audit = opened(settings.data().resolve(AUDIT));
        try {
            Entrance entrance = new Entrance(settings, plan, audit);
            entrance.refuseUnlessSafe(settings.host());
            entrance.note(new Act(AUDIT, Access.OPERATOR, "", "start", "", entrance.manner()));
            return entrance;
        } catch (RuntimeException e) {
            audit.close();
            throw e;
        }
    }

    private static AuditLog opened(Path folder) {
        try {
            return AuditLog.open(folder);
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS, "the audit log in " + folder + " cannot be written: " + e, e);
        }
    }

    /** Before anything is opened: whoever listens where others reach it needs to know who calls. */
    static void refuseUnlessLoopback(NodeSettings settings) {
        if (settings.access() == null && !isLoopback(settings.host())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "the node does not listen on " + settings.host()
                            + " with no TLS and no authentication: it would believe what callers say of themselves (say"
                            + " who may call with --access FILE, or listen on " + NodeSettings.HOST + ")");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new FairleadException(ErrorCode.PLAN, "this machine has no address " + host, e);
        }
    }

    private void refuseUnlessSafe(String host) {
        if (authenticator != null && authenticator.tls() == null && !isLoopback(host)) {
            authenticator.close();
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "the node does not listen on " + host
                            + " without TLS: tokens and keys could be overheard (add `tls` to the access file, or"
                            + " listen on " + NodeSettings.HOST + ")");
        }
    }

    private String manner() {
        if (authenticator == null) {
            return "callers on loopback are believed";
        }
        return authenticator.tls() == null
                ? "callers prove who they are, on loopback"
                : "TLS, callers prove who they are";
    }

    private CallerLimits limits() {
        Access.Limits said = authenticator == null ? null : authenticator.limits();
        CallerLimits usual = CallerLimits.defaults();
        return said == null
                ? usual
                : new CallerLimits(
                        Objects.requireNonNullElse(said.rate(), usual.rate()),
                        Objects.requireNonNullElse(said.calls(), usual.calls()),
                        Objects.requireNonNullElse(said.streams(), usual.streams()));
    }

    private final class Noting implements Authenticator.Watcher {
        @Override
        public void changed() {
            accessRefused = false;
            note(new Act("access", Access.OPERATOR, "", "access file taken", "", ""));
            changes.forEach(Runnable::run);
        }

        @Override
        public void refused(String fault) {
            accessRefused = true;
            note(new Act("access", Access.OPERATOR, "", "access file refused", "", fault));
        }
    }

    /** Runs this after each change of who may call. */
    void onChange(Runnable action) {
        changes.add(action);
    }

    /** Notes what happened all the same; a log that cannot be written is told in the other log. */
    void note(Act act) {
        try {
            audit.note(act);
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.ERROR, "the audit log misses an act: " + act.kind(), e);
        }
    }

    /** Notes what is about to be done; what cannot be noted is not done: fails with STORAGE_FULL. */
    void noteBefore(Act act) {
        try {
            audit.note(act);
        } catch (UncheckedIOException e) {
            throw new Problem(ProblemType.STORAGE_FULL, "the audit log cannot be written, so nothing was done", e);
        }
    }

    /** Notes an erasure as {@link #noteBefore} does. */
    void noteErasure(Exchange exchange, String route, String item) {
        noteBefore(new Act("erasure", exchange.session().name(), exchange.from(), route, item, ""));
    }

    /** Whether the access file has changed to something with a fault. */
    boolean isAccessRefused() {
        return accessRefused;
    }

    NodeMeters meters() {
        return meters;
    }

    Callers callers() {
        return callers;
    }

    CallerRooms rooms() {
        return rooms;
    }

    /** Null when callers are believed. */
    @Nullable
    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public void close() {
        if (authenticator != null) {
            authenticator.close();
        }
        note(new Act(AUDIT, Access.OPERATOR, "", "stop", "", ""));
        audit.close();
        meters.close();
    }
}
