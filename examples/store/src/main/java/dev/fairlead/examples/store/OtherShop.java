package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Carriers;
import dev.fairlead.examples.demo.ChildProcess;
import dev.fairlead.examples.demo.OpenCarriers;
import dev.fairlead.examples.demo.PlanFolder;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A shop in processes of its own, on data of its own: killed, started again, and in the end looked at from this process. */
final class OtherShop {
    private final Stage stage;
    private final StoreSettings settings;
    private final Path folder;
    private final Receipts receipts = new Receipts(line -> {});

    /**
     * What the first process has told up to the kill.
     *
     * @param cause what it told about the moment of the kill; empty when that never came
     * @param acknowledged how many receipts there were
     */
    record Killed(String cause, long acknowledged) {}

    /**
     * What is there in the end.
     *
     * @param exitCode of the last process
     * @param lastWords how and why it ended, if not well
     * @param settled whether nothing is on its way any more
     * @param audit of all sales of all processes
     */
    record Left(int exitCode, String lastWords, boolean settled, Audit audit) {
        /** What is wrong with it. */
        List<String> faults() {
            if (exitCode != 0 || !settled) {
                return List.of("the shop did not come back (" + lastWords + ")");
            }
            return audit.judge().stream()
                    .filter(check -> !check.passed())
                    .map(check -> check.name() + ": " + check.detail())
                    .toList();
        }
    }

    OtherShop(Stage stage, StoreSettings settings, String name) {
        this.stage = stage;
        this.settings = settings;
        this.folder = stage.folder().resolve(name);
        PlanFolder.copy(
                stage.landscape().services().plan(), plan(), settings.carriers().apart(name));
    }

    Path folder() {
        return folder;
    }

    private Path plan() {
        return folder.resolve("plan");
    }

    /** Runs the shop until it tells the word, and kills it then. */
    Killed sellUntil(String word, String what, int at) throws InterruptedException {
        try (ChildProcess child = start(what, at)) {
            child.tells(line -> line.startsWith(word + " "));
            List<String> lines = child.kill().lines();
            lines.forEach(receipts::note);
            String cause = lines.stream()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .findFirst()
                    .orElse("");
            long acknowledged = lines.stream()
                    .filter(line -> line.startsWith(Receipts.ACKNOWLEDGED + " "))
                    .count();
            return new Killed(cause, acknowledged);
        }
    }

    /** Starts it again, lets it go on until everything is settled, and then looks at what is there. */
    Left goOn() throws InterruptedException {
        try (ChildProcess child = start(SellingChild.SETTLED, 0)) {
            ChildProcess.Ended ended = child.end();
            ended.lines().forEach(receipts::note);
            return left(ended.exitCode(), ended.how());
        }
    }

    /** What the customers were told. */
    Receipts receipts() {
        return receipts;
    }

    /** What is there after all processes have ended, the last of them like this. */
    Left left(int exitCode, String ended) throws InterruptedException {
        try (OpenCarriers carriers = open();
                StoreLandscape landscape = new StoreLandscape(
                        services(carriers),
                        folder,
                        new CardProcessor(settings.seed(), folder.resolve("charges"), reference -> {}),
                        receipts)) {
            boolean settled = stage.patience().until(Stage.LONGEST, landscape::isQuiet);
            String how = exitCode == 0 && settled ? "" : ended + lastWords();
            return new Left(exitCode, how, settled, Audit.of(landscape));
        }
    }

    /** The last exception or cause that the processes wrote to their error output. */
    private String lastWords() {
        try (Stream<String> lines = Files.lines(folder.resolve("errors"))) {
            return lines.filter(line -> line.startsWith("Exception in")
                            || line.startsWith("Caused by")
                            || line.contains(Overdue.BEGINNING))
                    .reduce((earlier, later) -> later)
                    .map(line -> ": " + line)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** What carries the shop's items, while no process runs. */
    OpenCarriers open() {
        return Carriers.of(plan()).open(folder, TimeSource.SYSTEM);
    }

    Services services(OpenCarriers carriers) {
        return new Services(plan(), carriers.mechanisms(), TimeSource.SYSTEM);
    }

    private ChildProcess start(String what, int at) {
        return start(SellingChild.class, what, Integer.toString(at));
    }

    /** Starts a process with the shop's folder, the seed and these as its arguments. */
    ChildProcess start(Class<?> main, String... more) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), Long.toString(settings.seed())));
        arguments.addAll(List.of(more));
        return ChildProcess.start(
                stage.workers(), stage.patience(), main, folder.resolve("errors"), arguments.toArray(String[]::new));
    }
}
