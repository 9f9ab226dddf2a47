package dev.fairlead.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.telemetry.Store.Parcel;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryPageTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(fairlead\\.[a-z.]+)` \\| (\\w+) \\| (\\w*) ?\\| ([^|]*?) ?\\|");
    private static final Pattern TAG = Pattern.compile("`(\\w+)`");

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("fairlead")))
                .findFirst()
                .orElseThrow();
    }

    private static String page() throws IOException {
        return Files.readString(root().resolve("docs/telemetry.md"));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        String source = Files.readString(
                root().resolve("telemetry/src/test/java/dev/fairlead/telemetry/TelemetryExample.java"));

        assertThat(between(page(), "```java\n", "```"))
                .isEqualTo(between(source, "    // giving begins\n", "    // giving ends")
                        .replaceAll("(?m)^ {4}", ""));
    }

    @Test
    void theCodeDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { durability: D0 }\n");
        Files.writeString(
                folder.resolve("shipping.yaml"),
                "service: shipping\nshares:\n  parcel: { kind: state, key: saleId, fields: { saleId: string, sku: string } }\n");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Fairlead shipping = TelemetryExample.open(folder, OpenTelemetry.noop(), registry)) {
            shipping.own(Store.PARCELS).put(new Parcel("s1", "a"));
        }
        assertThat(registry.get("fairlead.work").tag("kind", "put").timer().count())
                .isEqualTo(1);
    }

    @Test
    void onTheClassPathItIsFoundAndUsesTheGlobalRegistry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try (var landscape = Store.open()) {
            Owner<String, Parcel> parcels = landscape.open("shipping").own(Store.PARCELS);
            parcels.put(new Parcel("s1", "a"));

            assertThat(registry.get("fairlead.work").tag("kind", "put").timer().count())
                    .isEqualTo(1);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void theTableNamesEveryMeterWithItsKindUnitAndTags() throws IOException, SQLException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Everything everything = new Everything(FairleadTelemetry.of(OpenTelemetry.noop(), registry))) {
            everything.happen("s1");

            Set<String> registered = registry.getMeters().stream()
                    .map(Meter::getId)
                    .map(TelemetryPageTest::row)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> written = ROW.matcher(page())
                    .results()
                    .map(TelemetryPageTest::row)
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(written).hasSizeGreaterThan(40).isEqualTo(registered);
        }
    }

    private static String row(Meter.Id id) {
        Set<String> tags = id.getTags().stream()
                .map(Tag::getKey)
                .filter(tag -> !Set.of("service", "item").contains(tag))
                .collect(Collectors.toCollection(TreeSet::new));
        String unit = id.getType() == Meter.Type.TIMER ? "" : String.valueOf(id.getBaseUnit());
        return id.getName() + " " + id.getType().name().toLowerCase(Locale.ROOT) + " " + unit + " " + tags;
    }

    private static String row(MatchResult row) {
        Set<String> tags = TAG.matcher(row.group(4))
                .results()
                .map(tag -> tag.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return row.group(1) + " " + row.group(2) + " " + row.group(3) + " " + tags;
    }
}
