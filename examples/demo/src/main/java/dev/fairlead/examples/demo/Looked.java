package dev.fairlead.examples.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen of services that are processes of their own.
 *
 * @param told the lines of each
 */
public record Looked(Map<String, List<String>> told) {
    static final String SILENT = "silent";

    private static final String LIVE = "LIVE ";

    /** What stands behind this word in the lines of all services. */
    public List<String> of(String word) {
        return told.keySet().stream()
                .flatMap(service -> of(service, word).stream())
                .toList();
    }

    /** What stands behind this word in the lines of a service. */
    public List<String> of(String service, String word) {
        return told.getOrDefault(service, List.of()).stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    /** The copies that are not LIVE or do not hold what their owners hold, in words. */
    public List<String> disagreements() {
        Map<String, String> owned = new HashMap<>();
        for (String line : of(ServiceProcess.OWNS)) {
            String[] parts = line.split(" ", 2);
            owned.put(parts[0], parts[1]);
        }
        List<String> faults = new ArrayList<>();
        for (String reader : told.keySet()) {
            for (String line : of(reader, ServiceProcess.HOLDS)) {
                String[] parts = line.split(" ", 2);
                if (!parts[1].equals(LIVE + owned.get(parts[0]))) {
                    faults.add(reader + "'s copy of " + parts[0] + " is " + parts[1] + ", its owner has "
                            + owned.get(parts[0]));
                }
            }
        }
        return faults;
    }

    /** How many copies there are. */
    public int copies() {
        return of(ServiceProcess.HOLDS).size();
    }

    /** Whether there are so many copies, and all are LIVE and hold what their owners hold. */
    public boolean agree(int copies) {
        return copies() == copies && disagreements().isEmpty();
    }
}
