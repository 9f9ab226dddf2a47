package dev.fairlead.benchmarks;

import java.util.List;
import java.util.Map;

/** Leads to the servers that are measured. */
public interface Servers {
    /** The names of the mechanisms to measure, in their order. */
    List<String> mechanisms();

    /** The settings with which the mechanism finds a server; starts one if there is none, which takes seconds. */
    Map<String, String> settings(String mechanism);
}
