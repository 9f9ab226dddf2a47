package dev.fairlead.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser for one test: the one named by {@code FAIRLEAD_CHROMIUM}, else one on the path, else Debian's, which root installs.
 * Where there is none of these it fails and says what would help.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final long INSTALL_MINUTES = 10;

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(OPTIONS));
    }

    /** A page that cannot reach any network; what it complains of, asks for or pops up is added to the list. */
    Page page(Browser.NewContextOptions options, List<String> trouble) {
        BrowserContext context = browser.newContext(options.setOffline(true));
        Page page = context.newPage();
        page.onConsoleMessage(message -> trouble.add("console: " + message.text()));
        page.onPageError(error -> trouble.add("error: " + error));
        page.onDialog(dialog -> {
            trouble.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith("file:")) {
                trouble.add("request: " + request.url());
            }
        });
        return page;
    }

    /** A page of a server on this machine. */
    Page open(String url) {
        Page page = browser.newPage();
        page.navigate(url);
        return page;
    }

    /** The same, as a browser with these options shows it; what it complains of, or asks for besides, is added to the list. */
    Page open(String url, Browser.NewContextOptions options, List<String> trouble) {
        Page page = browser.newContext(options).newPage();
        page.onConsoleMessage(message -> trouble.add("console: " + message.text()));
        page.onPageError(error -> trouble.add("error: " + error));
        page.onRequest(request -> {
            if (!request.url().equals(url)) {
                trouble.add("request: " + request.url());
            }
        });
        page.navigate(url);
        return page;
    }

    /** Closes all pages, which would else go on taking their part of the processor. */
    void closePages() {
        browser.contexts().forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Path executable() {
        String named = System.getenv("FAIRLEAD_CHROMIUM");
        if (named != null) {
            return Path.of(named);
        }
        return onPath().or(Chromium::installed)
                .orElseThrow(() ->
                        new AssertionError("no Chromium: FAIRLEAD_CHROMIUM is not set, the path has none of " + NAMES
                                + ", and it could not be installed (run `apt-get install chromium` as root, or set"
                                + " FAIRLEAD_CHROMIUM to a browser)"));
    }

    private static Optional<Path> onPath() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> installed() {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (!isRoot || !Files.exists(Path.of("/etc/debian_version"))) {
            return Optional.empty();
        }
        boolean isInstalled = run("install", "-y", "--no-install-recommends", "chromium")
                || (run("update") && run("install", "-y", "--no-install-recommends", "chromium"));
        return isInstalled ? onPath() : Optional.empty();
    }

    private static boolean run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        Stream.of(arguments).forEach(command::add);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            Process process = builder.start();
            return process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException noApt) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
