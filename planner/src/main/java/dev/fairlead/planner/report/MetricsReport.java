package dev.fairlead.planner.report;

import dev.fairlead.planner.Figures;
import dev.fairlead.planner.ReportLines;
import dev.fairlead.planner.coupling.Metrics;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the metrics as a table. */
final class MetricsReport {
    private static final String ROW = "%-28s %5s %5s %5s %13s %13s  %s";

    private static final int NAME = 28;

    private final ReportLines lines;

    MetricsReport(ReportLines lines) {
        this.lines = lines;
    }

    void write(Metrics metrics) {
        lines.blank();
        lines.row(row("Metrics", "ads", "ais", "acs", "instability", "ceiling", "outage radius"));
        metrics.services().forEach(this::service);
        Metrics.OfLandscape all = metrics.landscape();
        lines.blank();
        lines.line("siy " + all.siy() + ", scf " + Figures.number(all.scf()) + ", ccd " + all.ccd() + ", acd "
                + Figures.number(all.acd()) + ", nccd " + Figures.number(all.nccd()) + ", propagation cost "
                + Figures.number(all.propagationCost()));
        lines.line("longest sync chain " + all.longestSyncChain() + ", acu " + Figures.number(all.acu()) + ", sdb "
                + Figures.number(all.sdb()) + ", dtu " + Figures.number(all.dtu()) + ", iddsd "
                + Figures.number(all.iddsd()) + ", iddt " + Figures.number(all.iddt()));
        lines.line("mci " + Figures.number(all.mci()) + ", field exposure " + all.fieldExposure());
        if (!metrics.assumptions().isEmpty()) {
            lines.line("assumed: "
                    + metrics.assumptions().stream()
                            .map(each -> each.input() + " " + each.value())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void service(String name, Metrics.OfService service) {
        String radius = service.outageRadius().isEmpty()
                ? "-"
                : Wording.count(service.outageRadius().size(), "service");
        lines.row(row(
                name.length() <= NAME ? name : name.substring(0, NAME - 1) + "…",
                service.ads(),
                service.ais(),
                service.acs(),
                Figures.number(service.instability()),
                String.format(Locale.ROOT, "%.4f%%", service.availabilityCeiling() * 100),
                radius));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
