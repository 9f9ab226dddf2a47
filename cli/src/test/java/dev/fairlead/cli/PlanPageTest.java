package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a plan in a real browser without a network. Its pictures lie in target/pages, to be looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanPageTest {
    private static final Path EXAMPLES = Documents.root().resolve("examples");
    private static final Path PICTURES = Path.of("target", "pages");
    private static final String MERMAID = "/META-INF/resources/webjars/mermaid/11.6.0/dist/mermaid.min.js";
    /** The least contrast between text and what is behind it, after WCAG 2.2, level AA. */
    private static final double LEAST_CONTRAST = 4.5;

    private final List<String> trouble = new ArrayList<>();

    @TempDir
    private static Path folder;

    /** Plans whose page was written before, since it is the same for the same plan. */
    private final Map<Path, Path> pages = new HashMap<>();

    private Chromium chromium;

    @BeforeAll
    void openTheBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    void closeTheBrowser() {
        chromium.close();
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        chromium.closePages();
        assertThat(trouble).isEmpty();
    }

    private static Path example(String name) {
        return EXAMPLES.resolve(name).resolve("plan");
    }

    private Page open(Path plan, Browser.NewContextOptions options) {
        Page page = chromium.page(options.setViewportSize(1400, 1000), trouble);
        page.navigate(pages.computeIfAbsent(plan, PlanPageTest::written).toUri().toString());
        return page;
    }

    private static Path written(Path plan) {
        Path report = folder.resolve(plan.toString().replace('/', '-') + ".html");
        assertThat(CommandRun.of("plan", plan, "--format", "html", "--out", report)
                        .err())
                .isEmpty();
        return report;
    }

    private Page open(Path plan) {
        return open(plan, new Browser.NewContextOptions());
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }

    private static Path large() throws IOException {
        Path plan = folder.resolve("large/plan");
        if (Files.notExists(plan)) {
            LargePlan.write(Files.createDirectories(plan), 200, 7);
        }
        return plan;
    }

    @Test
    void aServiceThatIsChosenShowsOnlyWhatItSharesAndNeeds() {
        Page page = open(example("store"));

        assertThat(page.locator("svg .service").count()).isEqualTo(10);
        page.locator(".service[data-service=ledger]").click();
        assertThat(page.locator(".service.near").allTextContents()).hasSize(3);
        assertThat(page.locator(".flow.near").count()).isEqualTo(2);
        photograph(page, "store-ledger");
        page.locator("#find-service").fill("catalog");
        page.locator("#find-service").press("Tab");
        assertThat(page.locator(".service.chosen").getAttribute("data-service")).isEqualTo("catalog");
        page.locator(".service.chosen").press("Escape");
        assertThat(page.locator(".service.near, .flow.near, .focused").count()).isZero();
    }

    @Test
    void decisionsAreFilteredByWordsScenarioAndConfidence() {
        Page page = open(example("store"));
        Locator shown = page.locator("#decision-table tbody tr:visible");

        page.locator("#filter").fill("ledger sale");
        assertThat(shown.count()).isEqualTo(1);
        assertThat(page.locator("#shown").textContent()).isEqualTo("1 of 23");
        page.locator("#filter").fill("");
        page.locator(".scenario-filter[value=feed]").uncheck();
        assertThat(shown.locator(".chip.feed").count()).isZero();
        assertThat(shown.count()).isPositive();
    }

    @Test
    void theSlidersBeginWithThePlanAndStepThroughOtherVerdicts() {
        Page page = open(example("store"));
        Map<String, String> decided = decided(example("store"));

        int changed = 0;
        Locator items = page.locator("#what-if-item option");
        assertThat(items.count()).isEqualTo(4);
        for (int item = 0; item < items.count(); item++) {
            page.locator("#what-if-item").selectOption(items.nth(item).getAttribute("value"));
            String name = items.nth(item).textContent();
            Locator rows = page.locator("#sliders tbody tr");
            for (int row = 0; row < rows.count(); row++) {
                Locator cells = rows.nth(row).locator("td");
                String planned = decided.get(name + "@" + cells.nth(0).textContent());
                assertThat(cells.nth(2).textContent()).isEqualTo(planned);
                assertThat(cells.nth(3).textContent()).isEqualTo(planned);
            }
            assertThat(page.locator("#sliders .changed").count()).isZero();
            page.locator("#sliders input[name=keys]").fill("3");
            page.locator("#sliders input[name=size]").fill("3");
            changed += page.locator("#sliders .changed").count();
        }
        assertThat(changed).as("verdicts on copies that no longer fit").isPositive();
        photograph(page, "store-what-if");
        page.locator("#sliders button").click();
        assertThat(page.locator("#sliders .changed").count()).isZero();
    }

    private static Map<String, String> decided(Path plan) {
        JsonNode report = JsonMapper.shared()
                .readTree(CommandRun.of("plan", plan, "--format", "json").out());
        Map<String, String> decided = new HashMap<>();
        report.get("decisions")
                .forEach(each -> decided.put(
                        each.get("item").asString() + "@" + each.get("reader").asString(),
                        each.get("scenario").asString() + " on "
                                + each.get("mechanism").asString()));
        return decided;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void allTextStandsOutFromWhatIsBehindIt(ColorScheme scheme) {
        Page page = open(example("tangle"), in(scheme));
        page.locator("#decision-table details").first().locator("summary").click();

        photograph(page, "tangle-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(lowContrast(page)).isEmpty();
        boolean isDark = (boolean)
                page.evaluate("() => parseInt(getComputedStyle(document.body).backgroundColor.slice(4)) < 60");
        assertThat(isDark).isEqualTo(scheme == ColorScheme.DARK);
    }

    /** Light is what a browser assumes; the library cannot spell it in a locale whose small I has no dot. */
    private static Browser.NewContextOptions in(ColorScheme scheme) {
        Browser.NewContextOptions options = new Browser.NewContextOptions();
        return scheme == ColorScheme.LIGHT ? options : options.setColorScheme(scheme);
    }

    /** The texts whose contrast is too low, with the contrast. */
    static List<String> lowContrast(Page page) {
        Object found = page.evaluate("""
                least => {
                  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
                  const luminance = ([r, g, b]) => [r, g, b]
                    .map(part => part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, each) => sum + part * [0.2126, 0.7152, 0.0722][each], 0);
                  const behind = element => {
                    for (let at = element; at; at = at.parentElement) {
                      const colour = numbers(getComputedStyle(at).backgroundColor);
                      if (colour.length === 3 || colour[3] === 1) {
                        return colour;
                      }
                    }
                    return [255, 255, 255];
                  };
                  const low = [];
                  for (const element of document.querySelectorAll("main *, header *")) {
                    const text = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim() !== "");
                    if (text.length > 0 && element.checkVisibility() && !element.closest("svg, script, style, option")) {
                      const [one, other] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance);
                      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                      if (contrast < least) {
                        low.push(`${contrast.toFixed(2)} ${text[0].data.trim().slice(0, 40)}`);
                      }
                    }
                  }
                  return low;
                }""", LEAST_CONTRAST);
        return ((List<?>) found).stream().map(Object::toString).distinct().toList();
    }

    @Test
    void withoutScriptThePictureAndTheTablesAreThere() {
        Page page = open(example("store"), new Browser.NewContextOptions().setJavaScriptEnabled(false));

        assertThat(page.locator("svg .flow").count()).isEqualTo(23);
        assertThat(page.locator("#decision-table tbody tr:visible").count()).isEqualTo(23);
        Locator explanation = page.locator("#decision-table details").first();
        assertThat(explanation.locator("dl").isVisible()).isFalse();
        explanation.locator("summary").click();
        assertThat(explanation.locator("dl").isVisible()).isTrue();
        assertThat(page.locator(".scripted:visible").count()).isZero();
        assertThat(page.getByText("The sliders need script").isVisible()).isTrue();
        photograph(page, "store-without-script");
    }

    @ParameterizedTest
    @ValueSource(ints = {1400, 390})
    void twoHundredServicesCanBeRead(int width) throws IOException {
        Page page = open(large());
        page.setViewportSize(width, 900);

        assertThat(page.locator("svg .service").count()).isEqualTo(200);
        photograph(page, "large-" + width);
        Object overflow =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).isEqualTo(0);
        page.locator("#find-service").fill(page.locator(".service").nth(120).getAttribute("data-service"));
        page.locator("#find-service").press("Tab");
        assertThat(page.locator(".service.chosen").count()).isEqualTo(1);
    }

    @Test
    void textFromThePlanIsOnlyText() throws IOException {
        Path plan = Files.createDirectories(folder.resolve("hostile/plan"));
        String hostile = "</script></td><script>alert(1)</script><img src=x onerror=alert(2)> \\\" onclick=alert(3) '";
        Files.writeString(plan.resolve("a.yaml"), """
                service: a
                team: "%1$s"
                context: "%1$s"
                shares:
                  s: { kind: state, key: id, fields: { id: string, x: string } }
                """.formatted(hostile));
        Files.writeString(plan.resolve("b.yaml"), """
                service: b
                needs:
                  a.s: { within: 60s, why: "%1$s", direct: view, because: "%1$s" }
                """.formatted(hostile));

        Page page = open(plan);

        assertThat(page.locator("script").count()).isEqualTo(2);
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.locator("[onclick], [onerror]").count()).isZero();
        assertThat(page.locator(".why").first().textContent()).isEqualTo(hostile.replace("\\", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "trading", "tangle", "large"})
    void mermaidDrawsThePicture(String name) throws IOException {
        Path plan = name.equals("large") ? large() : example(name);
        String text = CommandRun.of("plan", plan, "--format", "mermaid").out();
        Page page = chromium.page(new Browser.NewContextOptions(), trouble);
        page.setContent("<!doctype html><body></body>");
        try (InputStream script = Objects.requireNonNull(PlanPageTest.class.getResourceAsStream(MERMAID))) {
            page.addScriptTag(new Page.AddScriptTagOptions()
                    .setContent(new String(script.readAllBytes(), StandardCharsets.UTF_8)));
        }

        Object drawn = page.evaluate("async text => (await mermaid.render('drawn', text)).svg", text);

        assertThat(drawn.toString()).startsWith("<svg").doesNotContain("Syntax error");
        page.setContent(drawn.toString());
        assertThat(page.locator(".node").count()).isEqualTo((int)
                text.lines().filter(line -> line.matches("  s\\d+\\[.*")).count());
        photograph(page, "mermaid-" + name);
    }
}
