package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Scenario;
import dev.fairlead.planner.Share;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The planner chooses among what a landscape offers by what each mechanism is proven to do, whatever the landscape. */
class ChosenMechanismTest {
    private static final Path SHOP = Documents.root().resolve("examples/store/plan");
    private static final Path SERVERS = Documents.root().resolve("examples/store/landscapes/several-servers.yaml");
    private static final Map<String, MechanismProvider> PROVIDERS = ServiceLoader.load(MechanismProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(MechanismProvider::name, provider -> provider));

    @TempDir
    private Path folder;

    /** Each mechanism alone, and each pair in both orders. */
    static Stream<List<String>> landscapes() {
        List<String> names = PROVIDERS.keySet().stream().sorted().toList();
        return names.stream()
                .flatMap(first ->
                        names.stream().map(second -> first.equals(second) ? List.of(first) : List.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("landscapes")
    void everyNeedGoesToAMechanismThatCanCarryItOrIsSaidToGoNowhere(List<String> offered) throws IOException {
        Path landscape = folder.resolve("offered.yaml");
        Files.writeString(
                landscape,
                offered.stream()
                        .map(name -> "  " + name + ": { }\n")
                        .collect(Collectors.joining("", "mechanisms:\n", "")));

        Plan plan = plan(landscape);
        Decisions decisions = Decisions.decide(plan);

        assertThat(plan.needs()).hasSizeGreaterThan(20);
        for (Need need : plan.needs()) {
            Share share = plan.item(need.item()).orElseThrow();
            decisions
                    .of(need.item(), need.reader())
                    .ifPresentOrElse(
                            decision -> isAble(share, decision, offered),
                            () -> nobodyIsAble(share, offered, decisions));
        }
    }

    private static void isAble(Share share, Decision decision, List<String> offered) {
        assertThat(offered).contains(decision.mechanism());
        assertThat(declared(decision.mechanism()))
                .as(decision.toString())
                .containsAll(demanded(share, decision.scenario(), decision.mechanism(), offered));
        assertThat(decision.grounds().reasons())
                .as(decision.toString())
                .anyMatch(reason -> reason.contains(decision.mechanism()));
    }

    private static void nobodyIsAble(Share share, List<String> offered, Decisions decisions) {
        assertThat(offered)
                .as("who could carry " + share.id())
                .noneMatch(name -> declared(name).containsAll(demanded(share, usual(share.kind()), name, offered)));
        assertThat(decisions.findings())
                .filteredOn(finding -> finding.rule() == Rule.NO_FITTING_MECHANISM)
                .extracting(Finding::line)
                .anySatisfy(
                        line -> assertThat(line).contains(share.id().toString()).contains(offered));
    }

    /** What it declares without settings: one node of RabbitMQ does not flush before it acknowledges. */
    private static Set<Capability> declared(String mechanism) {
        Set<Capability> declared =
                EnumSet.copyOf(Objects.requireNonNull(PROVIDERS.get(mechanism)).capabilities());
        if (mechanism.equals("rabbitmq")) {
            declared.remove(Capability.SURVIVES_POWER_LOSS);
        }
        return declared;
    }

    private static Scenario usual(ItemKind kind) {
        return switch (kind) {
            case STATE -> Scenario.FEED;
            case EVENT -> Scenario.EVENTS;
            case REQUEST -> Scenario.REQUEST;
        };
    }

    /** What the engine uses of a mechanism, written down a second time so that the planner's list is compared with something. */
    private static Set<Capability> demanded(Share share, Scenario scenario, String mechanism, List<String> offered) {
        if (share.kind() == ItemKind.STATE && mechanism.equals("activemq") && offered.contains("embedded")) {
            return EnumSet.of(Capability.TOPIC, Capability.CALL); // the owner keeps it in the other one
        }
        Set<Capability> demanded = demanded(share, scenario);
        Durability least = share.terms().durability();
        if (!demanded.contains(Capability.CALL) && least != null && least.reaches(Durability.D2)) {
            demanded.add(Capability.SURVIVES_POWER_LOSS);
        }
        return demanded;
    }

    private static Set<Capability> demanded(Share share, Scenario scenario) {
        return switch (scenario) {
            case FEED ->
                EnumSet.of(
                        Capability.KEY_ORDER,
                        Capability.REPLAY,
                        Capability.LATEST_PER_KEY,
                        Capability.FENCING,
                        Capability.HEARTBEAT);
            case EVENTS ->
                EnumSet.of(
                        Capability.KEY_ORDER,
                        Capability.REPLAY,
                        share.terms().retention() == null ? Capability.KEEP_ALL : Capability.KEEP_FOR,
                        Capability.FENCING,
                        Capability.GROUP_POSITIONS);
            case REQUEST ->
                switch (share.content()) {
                    case Content.Request request ->
                        request.delivery() == Content.Delivery.GUARANTEED
                                ? EnumSet.of(Capability.QUEUE)
                                : EnumSet.of(Capability.CALL);
                    default -> EnumSet.of(Capability.LOOKUP);
                };
        };
    }

    @Test
    void theShopGoesToSeveralServersAsTheirLandscapeSays() {
        Decisions decisions = Decisions.decide(plan(SERVERS));

        assertThat(decisions.findings()).extracting(Finding::rule).doesNotContain(Rule.NO_FITTING_MECHANISM);
        assertThat(decisions.list().stream()
                        .collect(Collectors.toMap(
                                each -> each.item().toString(), Decision::mechanism, (first, second) -> first)))
                .containsEntry("profile.profile", "kafka")
                .containsEntry("catalog.product", "kafka")
                .containsEntry("catalog.price", "redis")
                .containsEntry("catalog.quote", "rabbitmq")
                .containsEntry("billing.charge", "activemq")
                .containsEntry("billing.payment", "sql")
                .containsEntry("checkout.sale", "sql");
    }

    private static Plan plan(Path landscape) {
        return Objects.requireNonNull(PlanReader.read(List.of(SHOP), landscape).plan());
    }

    /** The conformance suite proves what the opened mechanism declares, and tables and planner go by its provider. */
    @ParameterizedTest
    @CsvSource({"kafka, KAFKA", "rabbitmq, RABBITMQ", "activemq, ARTEMIS", "redis, REDIS", "sql, POSTGRESQL"})
    void whatIsProvenOnAServerIsWhatItsProviderDeclares(String name, RealServer server) {
        MechanismProvider provider = Objects.requireNonNull(PROVIDERS.get(name));
        Map<String, String> settings = new HashMap<>(server.shared());
        settings.put("prefix", "chosen" + ProcessHandle.current().pid() + "_");
        MechanismOpening opening = new MechanismOpening(settings, folder, TimeSource.SYSTEM);

        try (Mechanism mechanism = provider.open(opening)) {
            assertThat(mechanism.capabilities()).isEqualTo(declared(name));
        } finally {
            provider.remove(opening);
        }
    }
}
