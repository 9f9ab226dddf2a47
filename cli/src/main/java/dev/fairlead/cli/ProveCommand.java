package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Fairlead;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Prover;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the conformance suite against a mechanism: what it declares works, what it does not declare is refused. */
@Command(
        name = "prove",
        description =
                "Prove a mechanism: run the conformance suite and a judged workload on it, at every durability that it offers.")
final class ProveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MECHANISM",
            description = "What to prove: embedded, or what is in front of a server, such as sql or kafka.")
    private String mechanism = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the server is, as in the plan, without a password. Only what carries a new name is used, and taken away again.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in.")
    private @Nullable String user;

    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the password.")
    private @Nullable String passwordVariable;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One more setting of the mechanism, as in the plan, such as timeout=30s; may be given again.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Option(names = "--only", paramLabel = "GROUP", description = "Only this group of scenarios.")
    private @Nullable String only;

    @Option(names = "--faults", description = "Let appends fail on purpose while the history is made.")
    private boolean faults;

    @Option(names = "--seed", paramLabel = "N", description = "Of what scenarios choose at random; 1 if not given.")
    private long seed = 1;

    @Option(names = "--report", paramLabel = "FILE", description = "Write checks and figures to this file, as JSON.")
    private @Nullable Path report;

    private record Proof(Durability level, List<Prover.Outcome> outcomes) {}

    @Override
    public Integer call() {
        RunReport.refuseUnwritable(spec.commandLine(), report);
        ProofTarget target = target();
        ProgressLine progress = ProgressLine.on(spec.commandLine().getErr());
        long begin = System.nanoTime();
        List<Proof> proofs = prove(target, progress);
        progress.clear();
        double seconds = (System.nanoTime() - begin) / 1e9;
        proofs.forEach(this::print);
        RunReport summary = summary(proofs, seconds);
        if (report != null) {
            summary.write(spec.commandLine(), report);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!target.weakened().isEmpty()) {
            out.printf("%nWhat weakens it:%n");
            target.weakened().forEach(each -> out.println("  " + each));
        }
        long failed = summary.checks().stream().filter(check -> !check.passed()).count();
        out.printf("%n%d checks, %d failed, seed %d%n", summary.checks().size(), failed, seed);
        out.flush();
        return summary.passed() ? ExitCode.FINE : ExitCode.BAD_VERDICT;
    }

    private ProofTarget target() {
        return switch (mechanism) {
            case ProvenMechanism.NAME -> {
                if (url != null || user != null || passwordVariable != null || !more.isEmpty()) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--url, --user, --password-env and --set are for servers; embedded has none");
                }
                yield ProofTarget.embedded();
            }
            default -> {
                MechanismProvider provider = provider();
                yield ProvenServer.target(provider, settings());
            }
        };
    }

    private MechanismProvider provider() {
        List<MechanismProvider> known = ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(MechanismProvider::name))
                .toList();
        return known.stream()
                .filter(each -> each.name().equals(mechanism))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no mechanism `" + mechanism + "` (use "
                                + known.stream().map(MechanismProvider::name).collect(Collectors.joining(", "))
                                + ")"));
    }

    private Map<String, String> settings() {
        if (url == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    mechanism
                            + " needs --url, such as jdbc:postgresql://localhost/test for sql, localhost:9092 for kafka, or"
                            + " http://localhost:7733 for http, which is a node");
        }
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put("url", url);
        if (user != null) {
            settings.put("user", user);
        }
        if (passwordVariable != null) {
            settings.put("password-env", passwordVariable);
        }
        return settings;
    }

    private List<Proof> prove(ProofTarget target, ProgressLine progress) {
        Map<Durability, Prover> provers = new LinkedHashMap<>();
        Set<String> groups = new LinkedHashSet<>();
        for (Durability level : target.levels()) {
            Prover prover = new Prover(() -> target.data().apply(level), target.patience(), seed);
            provers.put(level, prover);
            groups.addAll(prover.groups());
        }
        groups.add(HistoryProof.GROUP);
        String wanted = only;
        if (wanted != null && !groups.contains(wanted)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no group `" + wanted + "` (use " + String.join(", ", groups) + ")");
        }
        List<Proof> proofs = new ArrayList<>();
        provers.forEach((level, prover) -> {
            List<Prover.Outcome> outcomes = new ArrayList<>(prover.prove(
                    group -> wanted == null || group.equals(wanted),
                    scenario -> progress.show(level + " " + scenario)));
            if (wanted == null || wanted.equals(HistoryProof.GROUP)) {
                progress.show(level + " history: writers and readers at work");
                outcomes.addAll(HistoryProof.prove(target.data().apply(level), weather(), seed, ProveCommand::open));
            }
            proofs.add(new Proof(level, outcomes));
        });
        return proofs;
    }

    private static Fairlead open(String service, Path plan, Mechanism mechanism) {
        return Opening.of(service, plan).mechanism(mechanism).open();
    }

    private HistoryProof.Weather weather() {
        return faults ? HistoryProof.Weather.FAULTS : HistoryProof.Weather.FAIR;
    }

    private void print(Proof proof) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(mechanism + " at " + proof.level());
        Map<String, List<Prover.Outcome>> byGroup = new LinkedHashMap<>();
        proof.outcomes()
                .forEach(outcome -> byGroup.computeIfAbsent(outcome.group(), group -> new ArrayList<>())
                        .add(outcome));
        byGroup.forEach((group, outcomes) -> {
            long passed = outcomes.stream().filter(Prover.Outcome::passed).count();
            out.printf("  %-24s %3d of %3d%n", group, passed, outcomes.size());
            outcomes.stream()
                    .filter(outcome -> !outcome.passed())
                    .forEach(outcome -> out.println("    FAILED " + outcome.name() + ": " + outcome.detail()));
        });
        out.println();
        new CapabilityProof(proof.outcomes()).print(out);
        out.println();
        out.flush();
    }

    private RunReport summary(List<Proof> proofs, double seconds) {
        List<RunReport.Check> checks = new ArrayList<>();
        for (Proof proof : proofs) {
            for (Prover.Outcome outcome : proof.outcomes()) {
                String name = proof.level() + " " + outcome.group() + ": " + outcome.name();
                checks.add(new RunReport.Check(name, outcome.passed(), outcome.detail()));
            }
        }
        boolean passed = checks.stream().allMatch(RunReport.Check::passed);
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("checks", checks.size());
        figures.put("seconds", seconds);
        return new RunReport("prove " + mechanism, seed, passed, checks, figures);
    }
}
