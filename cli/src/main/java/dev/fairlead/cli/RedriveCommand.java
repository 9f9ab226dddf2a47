package dev.fairlead.cli;

import dev.fairlead.engine.DeadMessages;
import dev.fairlead.engine.ParkedGroup;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.TimeSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
                "Let parked events and dead letters be sent again, in order, when their service runs next, or dismiss one. The services must be stopped.")
final class RedriveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private final DataChoice data = new DataChoice();

    @Mixin
    private final GroupChoice groups = new GroupChoice();

    @Option(names = "--key", paramLabel = "KEY", description = "What is parked under this key.")
    private @Nullable String key;

    @Option(names = "--all", description = "Everything that is parked.")
    private boolean all;

    @Option(
            names = "--dismiss",
            paramLabel = "REASON",
            description = "Drop the first parked event of the key for good instead; the reason is kept.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        String one = key;
        if (all && one != null) {
            throw new ParameterException(
                    spec.commandLine(), "--all already includes --key " + one + " (leave one of the two out)");
        }
        if (!all && one == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing says what is to be sent again (add --key KEY for one key, or --all for everything)");
        }
        if (all && reason != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "what was set aside is dismissed one by one (use --key with --dismiss, not --all)");
        }
        Optional<EmbeddedMechanism> opened = data.open(spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        if (opened.isPresent()) {
            try (EmbeddedMechanism mechanism = opened.get()) {
                change(groups.of(mechanism), groups.deadOf(mechanism), out);
            }
        } else if (one != null) {
            throw nothing(one);
        } else {
            out.println("nothing is parked");
        }
        out.flush();
        return ExitCode.FINE;
    }

    private void change(List<ParkedGroup> groupsFound, List<DeadMessages> dead, PrintWriter out) {
        String one = key;
        if (one == null) {
            all(groupsFound, dead, out);
            return;
        }
        List<ParkedGroup> holding =
                groupsFound.stream().filter(group -> keys(group).contains(one)).toList();
        List<DeadMessages> told =
                dead.stream().filter(each -> number(each, one).isPresent()).toList();
        List<String> names = Stream.concat(
                        holding.stream().map(RedriveCommand::name),
                        told.stream().map(DeadMessages::item))
                .toList();
        if (names.isEmpty()) {
            throw nothing(one);
        }
        if (names.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    one + " was set aside in several places: " + String.join(", ", names)
                            + " (choose with --item, --service and --group)");
        }
        if (holding.isEmpty()) {
            change(told.getFirst(), one, out);
        } else {
            change(holding.getFirst(), one, out);
        }
    }

    private void change(ParkedGroup group, String key, PrintWriter out) {
        if (reason == null) {
            tell(group, key, group.redrive(key, TimeSource.SYSTEM), out);
        } else {
            long position = group.dismiss(key, reason, TimeSource.SYSTEM).offset();
            out.println("dismissed the event at " + position + " of " + key + " in " + name(group));
        }
    }

    private void change(DeadMessages dead, String key, PrintWriter out) {
        long number = number(dead, key).orElseThrow();
        if (reason == null) {
            redrive(dead, number, out);
        } else {
            dead.dismiss(number, reason);
            out.println("dismissed the message " + key + " of " + dead.item());
        }
    }

    private static void all(List<ParkedGroup> groupsFound, List<DeadMessages> told, PrintWriter out) {
        boolean nothing = told.isEmpty();
        for (ParkedGroup group : groupsFound) {
            Map<String, Integer> counts = group.redriveAll(TimeSource.SYSTEM);
            counts.forEach((key, count) -> tell(group, key, count, out));
            nothing = nothing && counts.isEmpty();
        }
        for (DeadMessages dead : told) {
            for (DeadMessages.Message message : dead.messages()) {
                redrive(dead, message.number(), out);
            }
        }
        if (nothing) {
            out.println("nothing is parked");
        }
    }

    private static Optional<Long> number(DeadMessages dead, String key) {
        return dead.messages().stream()
                .filter(message -> message.key().toString().equals(key))
                .map(DeadMessages.Message::number)
                .findFirst();
    }

    private static void redrive(DeadMessages dead, long number, PrintWriter out) {
        if (dead.redrive(number)) {
            out.println("message " + number + " of " + dead.item() + " to be handled again when " + dead.service()
                    + " runs next");
        }
    }

    private static void tell(ParkedGroup group, String key, int count, PrintWriter out) {
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
