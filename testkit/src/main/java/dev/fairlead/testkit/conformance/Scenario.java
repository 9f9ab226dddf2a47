package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One thing that a mechanism must do, or must refuse.
 *
 * <p>A scenario runs by itself on data of its own. It needs no test framework: it passes by returning and fails by throwing.
 */
public final class Scenario {
    /** What a mechanism may have without having logs; a log's durability is proven by the scenarios for logs. */
    private static final Set<Capability> WITHOUT_LOGS = EnumSet.of(
            Capability.CALL, Capability.TOPIC, Capability.QUEUE, Capability.SCHEDULE, Capability.ERASE_MESSAGES);

    private static final Set<Capability> WITH_ALL =
            EnumSet.of(Capability.SURVIVES_KILL, Capability.SURVIVES_POWER_LOSS);

    private final String group;
    private final String name;
    private final Set<Capability> declared;
    private final Set<Capability> undeclared;
    private final Body body;

    private Scenario(String group, String name, Set<Capability> declared, Set<Capability> undeclared, Body body) {
        this.group = group;
        this.name = name;
        this.declared = declared;
        this.undeclared = undeclared;
        this.body = body;
    }

    static Scenario always(String group, String name, Body body) {
        return new Scenario(group, name, Set.of(), Set.of(), body);
    }

    static Scenario declaring(String group, Set<Capability> capabilities, String name, Body body) {
        return new Scenario(group, name, EnumSet.copyOf(capabilities), Set.of(), body);
    }

    static Scenario declaring(String group, Capability capability, String name, Body body) {
        return declaring(group, EnumSet.of(capability), name, body);
    }

    static Scenario refusing(Capability capability, String name, Body body) {
        return new Scenario("refusals", name, Set.of(), EnumSet.of(capability), body);
    }

    /** The part of the contract that it belongs to. */
    public String group() {
        return group;
    }

    /** What the mechanism does, as the end of a sentence. */
    public String name() {
        return name;
    }

    /** The capabilities of which it proves that what is declared works. */
    public Set<Capability> declared() {
        return declared;
    }

    /** The capabilities of which it proves that what is not declared is refused. */
    public Set<Capability> undeclared() {
        return undeclared;
    }

    /** Whether it says something about a mechanism that declares these capabilities. */
    public boolean applies(Set<Capability> capabilities) {
        return capabilities.containsAll(declared) && undeclared.stream().noneMatch(capabilities::contains);
    }

    /** Whether it is about logs, so that it says nothing about a mechanism that has none. */
    boolean needsLogs() {
        return Stream.of(declared, undeclared).flatMap(Set::stream).noneMatch(WITHOUT_LOGS::contains);
    }

    /** Whether only a mechanism with logs may declare it. */
    static boolean isOfLogs(Capability capability) {
        return !WITHOUT_LOGS.contains(capability) && !WITH_ALL.contains(capability);
    }

    void play(Scope scope) throws Exception {
        body.play(scope);
    }

    @Override
    public String toString() {
        return group + ": " + name;
    }

    @FunctionalInterface
    interface Body {
        void play(Scope scope) throws Exception;
    }
}
