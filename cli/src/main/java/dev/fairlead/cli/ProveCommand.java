package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.Opening;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Proven;
import dev.fairlead.testkit.prove.Prover;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServerChoice server = new ServerChoice();

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

    @Override
    public Integer call() {
        SilentLogs.wanted();
        RunReport.refuseUnwritable(spec.commandLine(), report);
        ProofTarget target = target();
        ProofData data = new ProofData(target.data());
        PrintWriter err = spec.commandLine().getErr();
        long begin = System.nanoTime();
        ProofText text;
        try (ProgressLine progress = ProgressLine.on(err);
                ProofInterruption interruption = ProofInterruption.of(data, progress, err)) {
            text = prove(target, data, progress);
            if (data.isEnding()) {
                return ExitCode.BAD_VERDICT; // for nobody: the process ends by what interrupted it
            }
        } finally {
            if (!data.isEnding()) {
                ProofInterruption.tell(err, data.end(ProofInterruption.PATIENCE));
            }
        }
        if (report != null) {
            text.report((System.nanoTime() - begin) / 1e9).write(spec.commandLine(), report);
        }
        text.print(spec.commandLine().getOut(), target.weakened());
        return exitCode(text, err);
    }

    private int exitCode(ProofText text, PrintWriter err) {
        FairleadException away = text.away();
        if (away == null) {
            return text.passed() ? ExitCode.FINE : ExitCode.BAD_VERDICT;
        }
        err.println("fairlead: the server went away, and what was not tried is not proven: " + away.getMessage());
        err.flush();
        return ExitCode.of(away);
    }

    private ProofTarget target() {
        return switch (mechanism) {
            case ProvenMechanism.NAME -> {
                if (server.isGiven() || !more.isEmpty()) {
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
        if (more.containsKey(ProvenServer.PREFIX)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--set " + ProvenServer.PREFIX + " is not for a proof, which takes a new one for each scenario and"
                            + " takes away what carries it (leave it out)");
        }
        Map<String, String> settings = new LinkedHashMap<>(
                server.settings(mechanism, spec.commandLine().getErr()));
        settings.putAll(more);
        if (!settings.containsKey("url")) {
            throw new ParameterException(
                    spec.commandLine(),
                    mechanism + " needs --url, such as http://localhost:7733 for http, which is a running node");
        }
        return settings;
    }

    private ProofText prove(ProofTarget target, ProofData data, ProgressLine progress) {
        Map<Durability, Prover> provers = new LinkedHashMap<>();
        Set<String> groups = new LinkedHashSet<>();
        for (Durability level : target.levels()) {
            Prover prover = new Prover(() -> data.at(level), target.patience(), seed);
            provers.put(level, prover);
            groups.addAll(prover.groups());
        }
        groups.add(HistoryProof.GROUP);
        String wanted = only;
        if (wanted != null && !groups.contains(wanted)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no group `" + wanted + "` (use " + String.join(", ", groups) + ")");
        }
        Map<Durability, Proven> proofs = new LinkedHashMap<>();
        provers.forEach((level, prover) -> {
            Consumer<String> step = what -> progress.show(level + " " + what);
            Proven proof = prover.prove(group -> wanted == null || group.equals(wanted), step);
            if (wanted == null || wanted.equals(HistoryProof.GROUP)) {
                proof = proof.and(
                        proof.away() == null
                                ? HistoryProof.prove(() -> data.at(level), weather(), seed, ProveCommand::open, step)
                                : HistoryProof.untried());
            }
            proofs.put(level, proof);
        });
        return new ProofText(mechanism, seed, proofs);
    }

    private static Fairlead open(String service, Path plan, Mechanism mechanism) {
        return Opening.of(service, plan).mechanism(mechanism).open();
    }

    private HistoryProof.Weather weather() {
        return faults ? HistoryProof.Weather.FAULTS : HistoryProof.Weather.FAIR;
    }
}
