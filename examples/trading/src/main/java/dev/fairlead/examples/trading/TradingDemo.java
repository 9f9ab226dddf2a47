package dev.fairlead.examples.trading;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Interruption;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Pending;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Shown;
import dev.fairlead.examples.demo.WorkFolder;
import dev.fairlead.examples.demo.Workers;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The trading landscape, live: six services share quotes that real trades drive, things go wrong, and what the copies make of it
 * is judged.
 *
 * <p>A run blocks its thread until the market has closed. An interrupt, or the end of the process, ends it early and cleanly:
 * the terminal is restored and temporary files are deleted.
 */
public final class TradingDemo {
    /** The plan files that come with this example. */
    static final List<String> PLAN = List.of(
            "landscape.yaml",
            "feed-handler.yaml",
            "reference.yaml",
            "order-entry.yaml",
            "portfolio.yaml",
            "gateway.yaml",
            "risk.yaml");

    private static final String CALM = "The market goes on as it did then.";
    private static final Duration LONGEST_LOADING = Duration.ofSeconds(60);

    private final TradingSettings settings;
    private final PrintWriter out;
    private final Shown shown;
    private final Figures figures = new Figures();

    /** A run with these settings that is shown on {@code out}. */
    public TradingDemo(TradingSettings settings, PrintWriter out, Shown shown) {
        this.settings = settings;
        this.out = out;
        this.shown = shown;
    }

    /** Writes the demo's plan files into the folder, with a landscape that offers these. */
    public static void writePlan(Path to, Carriers carriers) throws IOException {
        PlanFolder.write(TradingDemo.class, PLAN, to, carriers);
    }

    /**
     * Plays the whole run.
     *
     * @throws FairleadException with CLOSED when it was interrupted; with what the trades, the plan or the mechanism have failed with
     */
    public DemoResult run() {
        try (Interruption interruption = Interruption.ofThisThread();
                Workers workers = new Workers();
                WorkFolder folder = WorkFolder.create(TradingDemo.class, PLAN, settings.carriers())) {
            // Reading the trades takes a while; the mechanism and the first service can start meanwhile.
            Pending<TradeFile> file = Pending.on(workers, "trades", () -> TradeFile.open(settings.trades()));
            try (OpenCarriers carriers = settings.carriers().open(folder.folder(), TimeSource.SYSTEM)) {
                return run(folder, carriers, file, workers, new Patience(workers, interruption));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the demo was interrupted", e);
        }
    }

    private DemoResult run(
            WorkFolder folder, OpenCarriers carriers, Pending<TradeFile> file, Workers workers, Patience patience)
            throws InterruptedException {
        List<Instrument> instruments = Instruments.of(settings.seed());
        try (TradingLandscape landscape = new TradingLandscape(
                folder.plan(),
                carriers.mechanisms(),
                () -> market(file.get(), instruments),
                instruments,
                settings.seed())) {
            landscape.orderEntry().quotes().awaitLive(LONGEST_LOADING);
            long live = System.currentTimeMillis();
            figures.put(
                    "readyMillis", live - ManagementFactory.getRuntimeMXBean().getStartTime());
            landscape.gateway().fill(LONGEST_LOADING);
            return play(new Stage(landscape, patience, workers, figures, folder), file.get(), workers);
        }
    }

    private DemoResult play(Stage stage, TradeFile file, Workers workers) throws InterruptedException {
        PlayWindow window = window(file);
        TradingLandscape landscape = stage.landscape();
        Player player = new Player(
                file.trades(), window, landscape.market(), landscape.feedHandler()::publish, System::nanoTime);
        try (Display display = Display.of(shown, out, CALM)) {
            introduce(display, file, window);
            Tour tour = new Tour(stage, player, window, settings, display, workers);
            List<DemoResult.Check> checks = play(tour, player, workers);
            DemoResult result = new DemoResult(checks, figures.all());
            display.summary(result);
            return result;
        }
    }

    private static List<DemoResult.Check> play(Tour tour, Player player, Workers workers) throws InterruptedException {
        try {
            return tour.play();
        } finally {
            player.stop();
            workers.close();
        }
    }

    private PlayWindow window(TradeFile file) {
        return PlayWindow.around(Silence.longest(file.trades()), file.trades(), settings.speed(), settings.length());
    }

    private Market market(TradeFile file, List<Instrument> instruments) {
        return new Market(
                instruments, settings.seed(), file.trades().get(window(file).first()));
    }

    private void introduce(Display display, TradeFile file, PlayWindow window) {
        display.event("the first copy was live " + figures.all().get("readyMillis") + " ms after the process began");
        if (file.bad() > 0) {
            display.event(file.bad() + " rows of the file are no trades and are left out:");
            file.complaints().forEach(display::event);
        }
        window.explained(settings.speed()).forEach(display::event);
    }
}
