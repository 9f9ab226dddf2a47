package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Interruption;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Pending;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.examples.demo.Shown;
import dev.fairlead.examples.demo.WorkFolder;
import dev.fairlead.examples.demo.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * The store landscape, live: ten services sell what a real shop sold, things go wrong, and what became of every sale is judged.
 *
 * <p>A run blocks its thread until the books are closed. An interrupt, or the end of the process, ends it early and cleanly:
 * the terminal is restored and temporary files are deleted.
 */
public final class StoreDemo {
    /** The plan files that come with this example. */
    static final List<String> PLAN = List.of(
            "landscape.yaml",
            "auth.yaml",
            "billing.yaml",
            "cart.yaml",
            "catalog.yaml",
            "checkout.yaml",
            "inventory.yaml",
            "ledger.yaml",
            "profile.yaml",
            "shipping.yaml",
            "storefront.yaml");

    private static final String CALM = "Customers buy.";

    /** The shop has one invoice in seven minutes; this is more than enough of them for every hour. */
    private static final double INVOICES_A_SECOND = 1 / 60.0;

    private static final int FEWEST_INVOICES = 200;

    private final StoreSettings settings;
    private final PrintWriter out;
    private final Shown shown;
    private final Figures figures = new Figures();

    /** A run with these settings that is shown on {@code out}. */
    public StoreDemo(StoreSettings settings, PrintWriter out, Shown shown) {
        this.settings = settings;
        this.out = out;
        this.shown = shown;
    }

    /** Writes the demo's plan files into the folder, with a landscape that offers these. */
    public static void writePlan(Path to, Carriers carriers) throws IOException {
        PlanFolder.write(StoreDemo.class, PLAN, to, carriers);
    }

    /**
     * Plays the whole run.
     *
     * @throws FairleadException with CLOSED when it was interrupted; with what the data, the plan or the mechanism have failed with
     */
    public DemoResult run() {
        Clock clock = new Clock();
        try (Interruption interruption = Interruption.ofThisThread();
                Workers workers = new Workers();
                WorkFolder folder = WorkFolder.create(StoreDemo.class, PLAN, settings.carriers())) {
            Pending<RetailData> data = Pending.on(workers, "data", this::data);
            if (settings.data() != null) {
                data.get(); // what a user names is looked at before anything is opened that has something to say
            }
            workers.start("clock", clock);
            try (OpenCarriers carriers = settings.carriers().open(folder.folder(), clock.time());
                    StoreLandscape landscape = new StoreLandscape(
                            new Services(folder.plan(), carriers.mechanisms(), clock.time()),
                            folder.folder(),
                            new CardProcessor(settings.seed(), folder.folder().resolve("charges"), reference -> {}),
                            new Receipts(line -> {}))) {
                Patience patience = new Patience(workers, interruption);
                return run(landscape, data.get(), clock, workers, patience, folder.folder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.CLOSED, "the demo was interrupted", e);
        }
    }

    private DemoResult run(
            StoreLandscape landscape, RetailData data, Clock clock, Workers workers, Patience patience, Path folder)
            throws InterruptedException {
        landscape.fill(data);
        for (Follows follows : landscape.follows()) {
            follows.copy().awaitLive(Stage.LONGEST);
        }
        Shoppers shoppers = new Shoppers(landscape, data.invoices(), settings.speed());
        Stage stage = new Stage(landscape, shoppers, clock, data, patience, workers, figures, folder);
        try (Display display = Display.of(shown, out, CALM)) {
            display.event(Printed.text(
                    "%,d products and %,d customers, %s history, seed %d",
                    data.products().size(), data.customers().size(), data.source(), settings.seed()));
            List<DemoResult.Check> checks = play(new Tour(stage, settings, display));
            DemoResult result = new DemoResult(checks, figures.all());
            display.summary(result);
            workers.close();
            return result;
        }
    }

    /** Whatever an interrupt made a story fail with, it was the interrupt. */
    private static List<DemoResult.Check> play(Tour tour) throws InterruptedException {
        try {
            return tour.play();
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("while a story was played");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    private RetailData data() {
        double seconds = settings.length().toNanos() / 1e9 * settings.speed();
        int most = (int) Math.clamp((long) (seconds * INVOICES_A_SECOND), FEWEST_INVOICES, RetailFigures.INVOICES);
        Path folder = settings.data();
        return folder == null ? RetailData.generated(settings.seed(), most) : RetailData.read(folder, most);
    }
}
