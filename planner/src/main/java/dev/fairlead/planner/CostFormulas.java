package dev.fairlead.planner;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What it costs to push an item to a reader, to ask for it through a cache, and to hold a copy of it.
 *
 * <p>A cache whose entries live as long as the reader tolerates answers the share {@code h = λT/(1+λT)} of the reads, where λ is
 * the rate of reads of one hot key and reads arrive at random (Poisson); the rest, {@code R(1−h)}, are calls.
 */
final class CostFormulas {
    private final double keys;
    private final double size;
    private final double changes;
    private final double instances;
    private double calls;
    private double callBytes;

    CostFormulas(double keys, double size, double changes, double instances) {
        this.keys = keys;
        this.size = size;
        this.changes = changes;
        this.instances = instances;
    }

    CostFormulas withPull(double reads, double within, double hot, double messageOverhead) {
        double readsOfHotKey = reads / (keys * hot);
        double hitShare = readsOfHotKey * within / (1 + readsOfHotKey * within);
        calls = reads * (1 - hitShare);
        callBytes = calls * (size + messageOverhead);
        return this;
    }

    Map<String, Double> ofState() {
        Map<String, Double> figures = ofEvents();
        figures.put("pullCallsPerSecond", calls);
        figures.put("pullBytesPerSecond", callBytes);
        figures.put("memoryBytesPerInstance", keys * (size * Defaults.HEAP_FACTOR + Defaults.ENTRY_OVERHEAD));
        figures.put("bootstrapSeconds", keys * (size + Defaults.RECORD_OVERHEAD) / Defaults.LOADING_RATE);
        return figures;
    }

    Map<String, Double> ofEvents() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("pushRecordsPerSecond", changes * instances);
        figures.put("pushBytesPerSecond", changes * instances * (size + Defaults.RECORD_OVERHEAD));
        return figures;
    }

    static Map<String, Double> ofRequests(double reads, double size, double messageOverhead) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("pullCallsPerSecond", reads);
        figures.put("pullBytesPerSecond", reads * (size + messageOverhead));
        return figures;
    }
}
