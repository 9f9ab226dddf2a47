package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Gate;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Scenario;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Words;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.coupling.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes a judged plan as one page that needs nothing else: no network, no file beside it, and no script but its own, which the
 * page's policy names by its hash. Without script the picture and the tables are there all the same; what is missing are the
 * filters and the sliders. The same plan gives the same page.
 */
public final class HtmlReport {
    /** So many services show their findings at once. */
    private static final int UNFOLDED = 25;

    private final JudgedPlan judged;
    private final Plan plan;
    private final List<ServiceReport> services;
    private final Html page = new Html();

    private HtmlReport(JudgedPlan judged) {
        this.judged = judged;
        this.plan = judged.plan();
        this.services = ServiceReport.worstFirst(judged);
    }

    /** The whole page. */
    public static String of(JudgedPlan judged) {
        return new HtmlReport(judged).write();
    }

    private String write() {
        String script = resource("report.js");
        page.trusted("<!doctype html>\n").open("html", "lang", "en").open("head");
        page.trusted("<meta charset=\"utf-8\">\n");
        page.trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.trusted("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'; script-src '" + Html.policyName(script) + "'\">\n");
        page.element("title", "Plan: " + sizes());
        page.open("style")
                .trusted(resource("report.css"))
                .close("style")
                .close("head")
                .open("body");
        header();
        page.open("main");
        findings();
        landscape();
        decisions();
        whatIf();
        metrics();
        page.close("main");
        page.open("script").trusted(script).close("script").close("body").close("html");
        return page.markup();
    }

    private String sizes() {
        return Wording.count(plan.services().size(), "service") + ", "
                + Wording.count(plan.items().size(), "item") + ", "
                + Wording.count(plan.needs().size(), "need");
    }

    private void header() {
        page.open("header")
                .open("div", "class", "title")
                .element("h1", "The plan")
                .element("p", sizes())
                .close("div");
        page.open("ul", "class", "tiles");
        for (Severity severity : Severity.values()) {
            int number = judged.findings(severity).size();
            tile(severity.word(), number, severity.word() + (number == 1 ? "" : "s"));
        }
        for (Scenario scenario : Scenario.values()) {
            int number = (int) judged.decisions().list().stream()
                    .filter(each -> each.scenario() == scenario)
                    .count();
            tile(scenario.word(), number, scenario.word());
        }
        page.close("ul");
        page.open("nav");
        for (String section : List.of("findings", "landscape", "decisions", "what-if", "metrics")) {
            page.element("a", section.replace('-', ' '), "href", "#section-" + section);
        }
        page.close("nav").close("header");
    }

    private void tile(String kind, int number, String label) {
        page.open("li", "class", "tile " + kind + (number == 0 ? " zero" : ""));
        page.element("b", Integer.toString(number)).element("span", label).close("li");
    }

    private void section(String name, String title) {
        page.open("section", "id", "section-" + name).element("h2", title);
    }

    private void findings() {
        section("findings", "Findings");
        List<Finding> notes = judged.findings(Severity.NOTE);
        if (judged.findings().size() == notes.size()) {
            page.element("p", "No errors and no warnings.", "class", "hint");
        }
        findings("the landscape", without(ServiceReport.elsewhere(judged), Severity.NOTE));
        List<ServiceReport> bad = services.stream()
                .filter(each -> each.number(Severity.ERROR) + each.number(Severity.WARNING) > 0)
                .toList();
        for (int each = 0; each < bad.size(); each++) {
            if (each == UNFOLDED) {
                fold(Wording.count(bad.size() - UNFOLDED, "more service") + " with warnings");
            }
            findings(bad.get(each).service().name(), without(bad.get(each).findings(), Severity.NOTE));
        }
        if (bad.size() > UNFOLDED) {
            page.close("details");
        }
        if (!notes.isEmpty()) {
            fold(Wording.count(notes.size(), "note"));
            services.forEach(each -> findings(each.service().name(), only(each.findings(), Severity.NOTE)));
            page.close("details");
        }
        page.close("section");
    }

    private void fold(String title) {
        page.open("details", "class", "fold").element("summary", title);
    }

    private static List<Finding> without(List<Finding> findings, Severity severity) {
        return findings.stream().filter(each -> each.severity() != severity).toList();
    }

    private static List<Finding> only(List<Finding> findings, Severity severity) {
        return findings.stream().filter(each -> each.severity() == severity).toList();
    }

    private void findings(String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.open("div", "class", "group").element("h3", title).open("ul", "class", "findings");
        for (Finding finding : findings) {
            page.open("li", "class", finding.severity().word());
            page.element(
                    "span",
                    finding.severity().word(),
                    "class",
                    "badge " + finding.severity().word());
            page.element("code", finding.rule().id(), "class", "rule");
            page.element("span", finding.place().toString(), "class", "place");
            page.open("p").message(finding.message()).close("p").close("li");
        }
        page.close("ul").close("div");
    }

    private void landscape() {
        section("landscape", "Landscape");
        page.open("p", "class", "legend");
        for (String sort : List.of("feed", "request", "events", "direct")) {
            page.open("span", "class", "key " + sort)
                    .close("span")
                    .text(" " + (sort.equals("direct") ? "into the owner's database" : sort) + " ");
        }
        page.close("p");
        page.open("p", "class", "scripted filters")
                .open(
                        "input",
                        "id",
                        "find-service",
                        "type",
                        "search",
                        "list",
                        "services",
                        "placeholder",
                        "Find a service …",
                        "aria-label",
                        "Find a service");
        page.open("datalist", "id", "services");
        plan.services()
                .forEach(each -> page.open("option", "value", each.name()).close("option"));
        page.close("datalist");
        for (String each : List.of("fit", "larger", "smaller")) {
            page.element("button", each, "type", "button", "data-zoom", each);
        }
        page.close("p");
        page.element(
                "p",
                "Data flows from left to right, from owners to readers. Choose a service to see only what it shares and"
                        + " needs; Escape shows all again.",
                "class",
                "hint scripted");
        page.open("div", "class", "picture", "tabindex", "0", "role", "region", "aria-label", "Landscape");
        page.trusted(Picture.of(judged)).close("div").close("section");
    }

    private void decisions() {
        section("decisions", "Decisions");
        page.open("p", "class", "scripted filters");
        page.open(
                "input",
                "id",
                "filter",
                "type",
                "search",
                "placeholder",
                "Item, service, mechanism …",
                "aria-label",
                "Filter");
        for (Scenario scenario : Scenario.values()) {
            page.open("label")
                    .open(
                            "input",
                            "type",
                            "checkbox",
                            "checked",
                            "",
                            "value",
                            scenario.word(),
                            "class",
                            "scenario-filter");
            page.text(" " + scenario.word()).close("label");
        }
        page.open("label")
                .open("input", "type", "checkbox", "id", "only-low")
                .text(" only low confidence")
                .close("label");
        page.open("output", "id", "shown").close("output").close("p");
        page.open("div", "class", "scroll").open("table", "id", "decision-table");
        head("Item", "Reader", "Decision", "Confidence", "Why it is needed", "Explanation");
        page.open("tbody");
        services.forEach(service -> service.decisions().forEach(this::decision));
        page.close("tbody").close("table").close("div").close("section");
    }

    private void head(String... titles) {
        page.open("thead").open("tr");
        for (String title : titles) {
            page.element("th", title, "scope", "col");
        }
        page.close("tr").close("thead");
    }

    private void decision(Decision decision) {
        String confidence = Words.of(decision.confidence());
        String scenario = decision.scenario().word();
        page.open("tr", "data-scenario", scenario, "data-confidence", confidence);
        page.open("td").element("code", decision.item().toString()).close("td");
        page.element("td", decision.reader());
        page.open("td").element("span", scenario, "class", "chip " + scenario);
        page.trusted(" ")
                .element("span", "on " + decision.mechanism(), "class", "on")
                .close("td");
        page.element("td", confidence, "class", "confidence " + confidence);
        page.element("td", Wording.why(decision.need()), "class", "why");
        page.open("td", "class", "explained").open("details");
        page.open("summary").message(Wording.because(decision)).close("summary");
        page.open("dl");
        decision.grounds().reasons().stream()
                .filter(each -> !each.equals(Wording.because(decision)))
                .forEach(each -> line("because", each));
        Gate gate = decision.grounds().gate();
        if (gate != null) {
            line("gate", gate.name() + ": " + gate.words());
        }
        decision.grounds().rejected().forEach(each -> line("not", Wording.rejected(each)));
        decision.grounds().flips().forEach(each -> line("flips", Wording.flip(each)));
        need(decision.need());
        line("cost", Wording.cost(decision));
        if (!decision.assumptions().isEmpty()) {
            line("assumed", Wording.assumed(decision));
        }
        page.close("dl").close("details").close("td").close("tr");
    }

    private void need(Need need) {
        line("uses", Wording.uses(need));
        String freshness = Wording.freshness(need);
        if (!freshness.isEmpty()) {
            line("freshness", freshness);
        }
        Need.Direct direct = need.direct();
        if (direct != null) {
            line("today", "reads the owner's " + Words.of(direct.store()) + ": " + direct.because());
        }
    }

    private void line(String label, String text) {
        page.element("dt", label).element("dd", text);
    }

    private void whatIf() {
        WhatIf whatIf = new WhatIf(judged);
        section("what-if", "What if");
        page.element(
                "p",
                "Other numbers than the plan's, and what would then be decided; computed when this page was written, all"
                        + " else unchanged. Events and requests are not here: no number changes how they are carried.",
                "class",
                "hint");
        if (whatIf.left() > 0) {
            page.element(
                    "p",
                    Wording.count(whatIf.left(), "more item") + " would make this page too large.",
                    "class",
                    "hint");
        }
        page.element("p", "The sliders need script, which is off here.", "class", "hint unscripted");
        page.open("div", "id", "sliders", "class", "scripted").close("div");
        page.open("script", "type", "application/json", "id", "what-if-table");
        page.trusted(whatIf.json()).close("script").close("section");
    }

    private void metrics() {
        Metrics.OfLandscape all = judged.metrics().landscape();
        section("metrics", "Metrics");
        page.open("dl", "class", "figures");
        figure("pairs that depend on each other", "siy", Integer.toString(all.siy()));
        figure("longest chain of calls", "longestSyncChain", Integer.toString(all.longestSyncChain()));
        figure("dependencies of those possible", "scf", percent(all.scf()));
        figure("a change can reach", "propagationCost", percent(all.propagationCost()) + " of all pairs");
        figure("against a balanced tree", "nccd", String.format(Locale.ROOT, "%.2f", all.nccd()));
        figure("without waiting", "acu", percent(all.acu()));
        figure("through a database", "sdb", percent(all.sdb()));
        figure("owners among those at a database", "dtu", percent(all.dtu()));
        figure("readings of those possible", "mci", percent(all.mci()));
        figure("reached through others, for each service", "iddt", String.format(Locale.ROOT, "%.2f", all.iddt()));
        page.close("dl");
        page.open("div", "class", "scroll").open("table", "class", "numbers");
        head(
                "Service",
                "reads from (ads)",
                "read by (ais)",
                "ads × ais",
                "instability",
                "availability ceiling",
                "stops with it");
        page.open("tbody");
        judged.metrics().services().forEach((name, of) -> {
            page.open("tr").element("th", name, "scope", "row");
            page.element("td", Integer.toString(of.ads())).element("td", Integer.toString(of.ais()));
            page.element("td", Integer.toString(of.acs()));
            page.element("td", String.format(Locale.ROOT, "%.2f", of.instability()));
            page.element("td", Words.percent(of.availabilityCeiling()));
            page.element("td", radius(of.outageRadius()), "class", "radius").close("tr");
        });
        page.close("tbody").close("table").close("div").close("section");
    }

    private static String radius(List<String> stopped) {
        int shown = 6;
        String names = String.join(", ", stopped.subList(0, Math.min(shown, stopped.size())));
        return stopped.size() <= shown ? names : names + " and " + (stopped.size() - shown) + " more";
    }

    private void figure(String title, String name, String value) {
        page.open("div")
                .element("dt", title)
                .element("dd", value)
                .element("small", name)
                .close("div");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
