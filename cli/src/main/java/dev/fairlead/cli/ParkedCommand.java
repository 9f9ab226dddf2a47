package dev.fairlead.cli;

import dev.fairlead.api.Position;
import dev.fairlead.engine.DeadMessages;
import dev.fairlead.engine.ParkedGroup;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists what the groups have set aside, while the services are stopped; changes nothing. */
@Command(
        name = "parked",
        description =
                "List the events and messages that could not be handled and were set aside; with --key also what they hold. The services must be stopped.")
final class ParkedCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private final DataChoice data = new DataChoice();

    @Mixin
    private final GroupChoice groups = new GroupChoice();

    @Option(names = "--key", paramLabel = "KEY", description = "Only what is parked under this key, with its values.")
    private @Nullable String key;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            converter = ReportFormat.Converter.class,
            description = "How the list is written; text if not given.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() {
        Optional<EmbeddedMechanism> opened = data.open(spec.commandLine());
        if (opened.isEmpty()) {
            print(List.of(), List.of());
            return ExitCode.FINE;
        }
        try (EmbeddedMechanism mechanism = opened.get()) {
            print(groups.of(mechanism), groups.deadOf(mechanism));
        }
        return ExitCode.FINE;
    }

    private void print(List<ParkedGroup> found, List<DeadMessages> dead) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == ReportFormat.JSON) {
            out.println(json(found, dead));
        } else {
            text(found, dead, out);
        }
        out.flush();
    }

    private List<ParkedGroup.Event> wanted(ParkedGroup group) {
        return group.events().stream()
                .filter(event -> key == null || key.equals(event.key()))
                .toList();
    }

    private List<DeadMessages.Message> wanted(DeadMessages dead) {
        return dead.messages().stream()
                .filter(message -> key == null || key.equals(message.key().toString()))
                .toList();
    }

    private void text(List<ParkedGroup> found, List<DeadMessages> told, PrintWriter out) {
        int listed = 0;
        for (ParkedGroup group : found) {
            List<ParkedGroup.Event> events = wanted(group);
            if (events.isEmpty() && group.damaged() == 0) {
                continue;
            }
            listed += events.size();
            out.println(group.item() + ", group " + group.group() + " of " + group.service() + ": " + events.size()
                    + " parked" + (group.damaged() == 0 ? "" : ", " + group.damaged() + " damaged"));
            for (ParkedGroup.Event event : events) {
                out.println(SetAside.of(group, event).line());
                if (key != null) {
                    out.println("    " + value(group, event));
                }
            }
        }
        for (DeadMessages dead : told) {
            List<DeadMessages.Message> messages = wanted(dead);
            listed += messages.size();
            if (!messages.isEmpty()) {
                out.println(dead.item() + ", told to " + dead.service() + ": " + messages.size() + " dead letters");
            }
            for (DeadMessages.Message message : messages) {
                out.println(SetAside.of(dead, message).line());
                if (key != null) {
                    out.println("    " + new String(dead.payload(message.number()), StandardCharsets.UTF_8));
                }
            }
        }
        if (listed == 0) {
            out.println("nothing is parked" + (key == null ? "" : " under " + key));
        }
    }

    private static String value(ParkedGroup group, ParkedGroup.Event event) {
        return new String(payload(group, event), StandardCharsets.UTF_8);
    }

    private static byte[] payload(ParkedGroup group, ParkedGroup.Event event) {
        return group.payload(event.key(), new Position(0, event.position().offset()));
    }

    /** Made when it is first needed: every start of any command looks at this class. */
    private static final class Json {
        static final JsonMapper MAPPER =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    private String json(List<ParkedGroup> found, List<DeadMessages> told) {
        ObjectNode report = Json.MAPPER.createObjectNode();
        ArrayNode parked = report.putArray("parked");
        ArrayNode damaged = report.putArray("damaged");
        for (ParkedGroup group : found) {
            for (ParkedGroup.Event event : wanted(group)) {
                ObjectNode node = Json.MAPPER.valueToTree(SetAside.of(group, event));
                if (key != null) {
                    putValue(node, payload(group, event));
                }
                parked.add(node);
            }
            if (group.damaged() > 0) {
                damaged.addObject()
                        .put("item", group.item())
                        .put("service", group.service())
                        .put("group", group.group())
                        .put("places", group.damaged());
            }
        }
        for (DeadMessages dead : told) {
            for (DeadMessages.Message message : wanted(dead)) {
                ObjectNode node = Json.MAPPER.valueToTree(SetAside.of(dead, message));
                if (key != null) {
                    putValue(node, dead.payload(message.number()));
                }
                parked.add(node);
            }
        }
        return Json.MAPPER.writeValueAsString(report);
    }

    /** What is not JSON comes as text: it may be parked for that very reason. */
    private static void putValue(ObjectNode node, byte[] payload) {
        try {
            node.set("value", Json.MAPPER.readTree(payload));
        } catch (JacksonException noJson) {
            node.put("value", new String(payload, StandardCharsets.UTF_8));
        }
    }
}
