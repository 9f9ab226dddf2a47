package dev.fairlead.planner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts the services of a picture into columns, owners left of their readers, and orders each column so that few lines cross.
 *
 * <p>After Sugiyama, Tagawa and Toda (1981): lines that would close a circle are turned round; each service stands one column right
 * of the last of its owners; lines over several columns get a place to pass in each; and columns are ordered by the middle of
 * their neighbours, to and fro. Lines from one owner of one sort share their places to pass, so that they are one trunk. The
 * same plan gives the same picture.
 */
final class Layers {
    private static final int SWEEPS = 12;

    private final List<String> services;
    private final Set<List<String>> lines = new HashSet<>();
    private final Map<String, Integer> column = new LinkedHashMap<>();
    private final List<List<String>> columns = new ArrayList<>();
    private final Map<String, Set<String>> left = new HashMap<>();
    private final Map<String, Set<String>> right = new HashMap<>();

    /** The services by name, and who is owner of what flows to whom. */
    Layers(List<String> services, List<Flow> flows) {
        this.services = services;
        Map<String, Set<String>> readers = new HashMap<>();
        for (Flow flow : flows) {
            readers.computeIfAbsent(flow.owner(), owner -> new HashSet<>()).add(flow.reader());
        }
        Set<List<String>> turned = backwards(readers);
        assignColumns(readers, turned);
        int last = column.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        IntStream.rangeClosed(0, last).forEach(each -> columns.add(new ArrayList<>()));
        services.forEach(each -> columns.get(columnOf(each)).add(each));
        flows.forEach(this::join);
        order();
    }

    /** The columns from left to right, each from top to bottom: names of services, and places to pass. */
    List<List<String>> columns() {
        return columns;
    }

    int columnOf(String service) {
        return column.getOrDefault(service, 0);
    }

    /** The place at which lines of one sort from one owner pass a column. */
    static String passing(Flow flow, int column) {
        return flow.owner() + " " + flow.sort() + " " + column;
    }

    static boolean isPassing(String place) {
        return place.indexOf(' ') >= 0;
    }

    /** Lines that lead back to where a walk along the lines came from. */
    private Set<List<String>> backwards(Map<String, Set<String>> readers) {
        Set<List<String>> turned = new HashSet<>();
        Set<String> done = new HashSet<>();
        List<String> starts = new ArrayList<>(services);
        Set<String> fed = new HashSet<>();
        readers.values().forEach(fed::addAll);
        starts.sort(Comparator.<String, Boolean>comparing(fed::contains).thenComparing(Comparator.naturalOrder()));
        for (String start : starts) {
            walk(start, readers, done, turned);
        }
        return turned;
    }

    private static void walk(
            String start, Map<String, Set<String>> readers, Set<String> done, Set<List<String>> turned) {
        List<String> path = new ArrayList<>();
        List<List<String>> open = new ArrayList<>();
        Set<String> onPath = new HashSet<>();
        if (done.add(start)) {
            path.add(start);
            onPath.add(start);
            open.add(sorted(readers, start));
        }
        while (!path.isEmpty()) {
            List<String> next = open.getLast();
            String at = path.getLast();
            if (next.isEmpty()) {
                open.removeLast();
                path.removeLast();
                onPath.remove(at);
                continue;
            }
            String reader = next.removeFirst();
            if (onPath.contains(reader)) {
                turned.add(List.of(at, reader));
            } else if (done.add(reader)) {
                path.add(reader);
                onPath.add(reader);
                open.add(sorted(readers, reader));
            }
        }
    }

    private static List<String> sorted(Map<String, Set<String>> readers, String of) {
        return new ArrayList<>(
                readers.getOrDefault(of, Set.of()).stream().sorted().toList());
    }

    private void assignColumns(Map<String, Set<String>> readers, Set<List<String>> turned) {
        Map<String, Set<String>> after = new HashMap<>();
        Map<String, Integer> waiting = new HashMap<>();
        readers.forEach((owner, all) -> all.forEach(reader -> {
            boolean isTurned = turned.contains(List.of(owner, reader));
            String from = isTurned ? reader : owner;
            String to = isTurned ? owner : reader;
            if (after.computeIfAbsent(from, each -> new HashSet<>()).add(to)) {
                waiting.merge(to, 1, Integer::sum);
            }
        }));
        List<String> ready = new ArrayList<>(
                services.stream().filter(each -> !waiting.containsKey(each)).toList());
        for (int each = 0; each < ready.size(); each++) {
            String from = ready.get(each);
            column.putIfAbsent(from, 0);
            for (String to :
                    after.getOrDefault(from, Set.of()).stream().sorted().toList()) {
                column.merge(to, columnOf(from) + 1, Math::max);
                if (waiting.merge(to, -1, Integer::sum) == 0) {
                    ready.add(to);
                }
            }
        }
    }

    private void join(Flow flow) {
        int from = Math.min(columnOf(flow.owner()), columnOf(flow.reader()));
        int to = Math.max(columnOf(flow.owner()), columnOf(flow.reader()));
        boolean isForward = columnOf(flow.owner()) < columnOf(flow.reader());
        String before = isForward ? flow.owner() : flow.reader();
        for (int each = from + 1; each <= to; each++) {
            String at = each == to ? (isForward ? flow.reader() : flow.owner()) : passing(flow, each);
            if (each < to && !columns.get(each).contains(at)) {
                columns.get(each).add(at);
            }
            if (lines.add(List.of(before, at))) {
                right.computeIfAbsent(before, place -> new HashSet<>()).add(at);
                left.computeIfAbsent(at, place -> new HashSet<>()).add(before);
            }
            before = at;
        }
    }

    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean isForward = sweep % 2 == 0;
            for (int each = 1; each < columns.size(); each++) {
                int at = isForward ? each : columns.size() - 1 - each;
                int fixed = isForward ? at - 1 : at + 1;
                sort(columns.get(at), columns.get(fixed), isForward ? left : right);
            }
        }
    }

    private static void sort(List<String> moved, List<String> fixed, Map<String, Set<String>> neighbours) {
        Map<String, Integer> places = new HashMap<>();
        fixed.forEach(each -> places.put(each, places.size()));
        Map<String, Double> wanted = new HashMap<>();
        for (int at = 0; at < moved.size(); at++) {
            int[] near = neighbours.getOrDefault(moved.get(at), Set.of()).stream()
                    .filter(places::containsKey)
                    .mapToInt(places::get)
                    .sorted()
                    .toArray();
            double stay = (double) at / moved.size() * fixed.size();
            wanted.put(moved.get(at), near.length == 0 ? stay : middle(near));
        }
        Collections.sort(moved, Comparator.comparing(wanted::get));
    }

    private static double middle(int[] near) {
        return Arrays.stream(near).average().orElse(0);
    }
}
