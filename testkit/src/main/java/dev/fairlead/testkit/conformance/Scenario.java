package dev.fairlead.testkit.conformance;

import dev.fairlead.spi.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * One thing that a mechanism must do, or must refuse.
 *
 * <p>A scenario runs by itself on data of its own. It needs no test framework: it passes by returning and fails by throwing.
 */
public final class Scenario {
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
