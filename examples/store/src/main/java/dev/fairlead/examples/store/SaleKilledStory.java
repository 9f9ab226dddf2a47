package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.NamedMechanism;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A whole shop, in a process of its own, is killed after a card was accepted and before anybody in the shop has heard of it; started
 * again, it goes on. Then this process opens the same data and compares what is there with all that the customers were told.
 */
final class SaleKilledStory implements Story {
    static final String NAME = "cardAcceptedChargedOnce";

    private static final int EARLIEST = 8;
    private static final int LATEST = 24;

    /**
     * What was seen.
     *
     * @param accepted the sale whose card was accepted just before the kill; empty when none was
     * @param acknowledged how many lines of receipts were told before the kill
     * @param exitCode of the second process
     * @param settled whether everything is settled in the end
     * @param audit of all sales of both processes
     */
    record Seen(String accepted, long acknowledged, int exitCode, boolean settled, Audit audit) {}

    private final Stage stage;
    private final String mechanism;
    private final long seed;
    private final Path folder;

    SaleKilledStory(Stage stage, String mechanism, long seed) {
        this.stage = stage;
        this.mechanism = mechanism;
        this.seed = seed;
        this.folder = stage.folder().resolve("killed");
    }

    @Override
    public String sentence() {
        return "A second shop, in a process of its own, is killed right after a card was accepted, before checkout hears of it.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        copyPlan();
        Receipts receipts = new Receipts(line -> {});
        int silentAt = new Random(seed).nextInt(EARLIEST, LATEST);
        List<String> first;
        try (ChildProcess child = start(silentAt)) {
            child.tells(line -> line.startsWith(SellingChild.ACCEPTED + " "));
            first = child.kill().lines();
        }
        first.forEach(receipts::note);
        ChildProcess.Ended second;
        try (ChildProcess child = start(0)) {
            second = child.end();
        }
        second.lines().forEach(receipts::note);
        return judge(look(first, second, receipts));
    }

    private ChildProcess start(int silentAt) {
        return ChildProcess.start(
                stage,
                SellingChild.class,
                folder.resolve("errors"),
                folder.toString(),
                mechanism,
                Long.toString(seed),
                Integer.toString(silentAt));
    }

    private void copyPlan() {
        try {
            Path plan = Files.createDirectories(folder.resolve("plan"));
            for (String file : StoreDemo.PLAN) {
                Files.copy(stage.landscape().services().plan().resolve(file), plan.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Seen look(List<String> first, ChildProcess.Ended second, Receipts receipts) throws InterruptedException {
        String accepted = first.stream()
                .filter(line -> line.startsWith(SellingChild.ACCEPTED + " "))
                .map(line -> line.substring(SellingChild.ACCEPTED.length() + 1))
                .findFirst()
                .orElse("");
        long acknowledged = first.stream()
                .filter(line -> line.startsWith(Receipts.ACKNOWLEDGED + " "))
                .count();
        try (Mechanism opened = NamedMechanism.open(mechanism, folder.resolve("data"), TimeSource.SYSTEM);
                StoreLandscape landscape = new StoreLandscape(
                        new Services(folder.resolve("plan"), opened, TimeSource.SYSTEM),
                        folder,
                        new CardProcessor(seed, folder.resolve("charges"), reference -> {}),
                        receipts)) {
            boolean settled = stage.patience().until(Stage.LONGEST, landscape::isQuiet);
            return new Seen(accepted, acknowledged, second.exitCode(), settled, Audit.of(landscape));
        }
    }

    static DemoResult.Check judge(Seen seen) {
        List<String> faults = new ArrayList<>();
        if (seen.accepted().isEmpty()) {
            faults.add("no card was accepted before the kill");
        } else {
            CardProcessor.Moved moved = seen.audit().moved().get(seen.accepted());
            Books.Account account = seen.audit().accounts().get(seen.accepted());
            if (moved == null || moved.times() != 1) {
                faults.add("for " + seen.accepted() + " money moved " + (moved == null ? 0 : moved.times()) + " times");
            }
            if (account == null || !account.done()) {
                faults.add(seen.accepted() + " was charged and is not done");
            }
        }
        if (seen.exitCode() != 0 || !seen.settled()) {
            faults.add("the shop did not come back (exit code " + seen.exitCode() + ")");
        }
        for (DemoResult.Check check : seen.audit().judge()) {
            if (!check.passed()) {
                faults.add(check.name() + ": " + check.detail());
            }
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "killed after %,d acknowledgements with %s accepted and unheard; charged once, done; %s",
                        seen.acknowledged(),
                        seen.accepted(),
                        seen.audit().salesAddUp().detail())
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty() && seen.acknowledged() > 0, detail);
    }
}
