package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.fairlead.node.Node;
import dev.fairlead.node.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page on which a node describes itself, in a real browser. Its pictures lie in target/pages, to be looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsPageTest {
    private static final Path STORE = Documents.root().resolve("examples/store/plan");
    private static final Path PICTURES = Path.of("target", "pages");

    private Node node;
    private Chromium chromium;

    @BeforeAll
    void start(@TempDir Path data) {
        node = Node.start(NodeSettings.local(STORE, data));
        chromium = new Chromium();
    }

    @AfterAll
    void stop() {
        chromium.close();
        node.close();
    }

    private Page open(Browser.NewContextOptions options, List<String> trouble) {
        return chromium.open(root() + "/docs", options, trouble);
    }

    private String root() {
        return "http://localhost:" + node.port();
    }

    private static void unfold(Page page) {
        page.locator("details").all().forEach(each -> each.locator("summary").click());
    }

    @Test
    void itShowsEachItemAndAsksForNothingElse() {
        List<String> trouble = new ArrayList<>();
        Page page = open(new Browser.NewContextOptions().setViewportSize(1200, 900), trouble);

        assertThat(page.locator("section h2").allTextContents()).contains("profile.profile", "checkout.sale");
        assertThat(page.locator("script, link, img").count()).isZero();
        assertThat(page.locator("#profile\\.profile details")
                        .first()
                        .locator("table")
                        .first()
                        .isVisible())
                .isFalse();
        page.locator("#profile\\.profile summary").first().click();
        assertThat(page.locator("#profile\\.profile details")
                        .first()
                        .locator("table")
                        .first()
                        .isVisible())
                .isTrue();
        assertThat(PlanPageTest.lowContrast(page)).isEmpty();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("docs-light.png")));
        assertThat(trouble).isEmpty();
    }

    @Test
    void itCanBeReadInTheDarkAndOnAPhone() {
        List<String> trouble = new ArrayList<>();
        Page page = open(
                new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK), trouble);

        unfold(page);

        assertThat(PlanPageTest.lowContrast(page)).isEmpty();
        assertThat(page.evaluate("() => parseInt(getComputedStyle(document.body).backgroundColor.slice(4)) < 60"))
                .as("the style sheet is allowed, and it is dark")
                .isEqualTo(true);
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("docs-dark-phone.png")));
        assertThat(trouble).isEmpty();
    }
}
