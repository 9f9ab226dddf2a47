package dev.fairlead.api;

import java.nio.file.Path;
import java.util.List;

/** What an engine provides through {@link java.util.ServiceLoader} so that {@link Fairlead#open} finds it. */
public interface FairleadFactory {
    /** Opens a service as {@link Fairlead#open} says. */
    Fairlead open(String service, Path plan, List<Item> items);
}
