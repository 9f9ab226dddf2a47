package dev.fairlead.cli;

import dev.fairlead.engine.ParkedGroup;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.TimeSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets what was set aside be sent again when its service runs next, or drops it for good, while the services are stopped. */
@Command(
        name = "redrive",
        description =
                "Let parked events be sent again, in order, when their service runs next, or dismiss one. The services must be stopped.")
final class RedriveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private final DataChoice data = new DataChoice();

    @Mixin
    private final GroupChoice groups = new GroupChoice();

    @ArgGroup(multiplicity = "1")
    private final Which which = new Which();

    @Option(
            names = "--dismiss",
            paramLabel = "REASON",
            description = "Drop the first parked event of the key for good instead; the reason is kept.")
    private @Nullable String reason;

    /** Which keys. */
    static final class Which {
        @Option(names = "--key", paramLabel = "KEY", description = "What is parked under this key.")
        private @Nullable String key;

        @Option(names = "--all", description = "Everything that is parked.")
        private boolean all;
    }

    @Override
    public Integer call() {
        if (which.all && reason != null) {
            throw new ParameterException(
                    spec.commandLine(), "events are dismissed one by one (use --key with --dismiss, not --all)");
        }
        Optional<EmbeddedMechanism> opened = data.open(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        if (opened.isPresent()) {
            try (EmbeddedMechanism mechanism = opened.get()) {
                change(groups.of(mechanism), out);
            }
        } else if (which.key != null) {
            throw nothing(which.key);
        } else {
            out.println("nothing is parked");
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void change(List<ParkedGroup> found, PrintWriter out) {
        String key = which.key;
        if (key == null) {
            all(found, out);
            return;
        }
        List<ParkedGroup> holding =
                found.stream().filter(group -> keys(group).contains(key)).toList();
        if (holding.isEmpty()) {
            throw nothing(key);
        }
        if (holding.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    key + " is parked in several groups: "
                            + holding.stream().map(RedriveCommand::name).collect(Collectors.joining(", "))
                            + " (choose with --item, --service and --group)");
        }
        ParkedGroup group = holding.getFirst();
        if (reason == null) {
            redrive(group, key, out);
        } else {
            long position = group.dismiss(key, reason, TimeSource.SYSTEM).offset();
            out.println("dismissed the event at " + position + " of " + key + " in " + name(group));
        }
    }

    private static void all(List<ParkedGroup> found, PrintWriter out) {
        boolean nothing = true;
        for (ParkedGroup group : found) {
            for (String key : keys(group)) {
                redrive(group, key, out);
                nothing = false;
            }
        }
        if (nothing) {
            out.println("nothing is parked");
        }
    }

    private static void redrive(ParkedGroup group, String key, PrintWriter out) {
        int count = group.redrive(key, TimeSource.SYSTEM);
        out.println(count + " of " + key + " in " + name(group) + " to be sent again when " + group.service()
                + " runs next");
    }

    private static List<String> keys(ParkedGroup group) {
        return group.events().stream().map(ParkedGroup.Event::key).distinct().toList();
    }

    private static String name(ParkedGroup group) {
        return "group " + group.group() + " of " + group.item() + " in " + group.service();
    }

    private ParameterException nothing(String key) {
        return new ParameterException(
                spec.commandLine(), "nothing is parked under " + key + " (see `fairlead parked` for what is)");
    }
}
