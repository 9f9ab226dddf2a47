package dev.fairlead.examples.store;

import dev.fairlead.api.FollowStatus;
import dev.fairlead.examples.demo.Agreement;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Display;
import dev.fairlead.examples.demo.Figures;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Looks;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run from the first customer to the closing of the books, with the stories in between. */
final class Tour {
    private static final int LEAST_EVENTS = 1000;

    private final Stage stage;
    private final StoreLandscape landscape;
    private final Shoppers shoppers;
    private final StoreSettings settings;
    private final Display display;
    private final List<DemoResult.Check> checks = new ArrayList<>();

    Tour(Stage stage, StoreSettings settings, Display display) {
        this.stage = stage;
        this.landscape = stage.landscape();
        this.shoppers = stage.shoppers();
        this.settings = settings;
        this.display = display;
    }

    List<DemoResult.Check> play() throws InterruptedException {
        long begin = System.nanoTime();
        int number = 1;
        for (Runnable shopper : shoppers.work()) {
            stage.workers().start("shopper " + number++, shopper);
        }
        stage.workers().start("display", new Looks(display, () -> scene(begin)));
        play(new DescriptionStory(stage));
        play(new RenameStory(stage));
        play(new ParkedKeyStory(stage));
        play(new RedriveStory(stage));
        play(new LongInvoiceStory(stage));
        if (settings.carriers().server() != null) {
            play(new KilledServerStory(stage, settings.carriers().server()));
        }
        play(new BootstrapKilledStory(stage, settings.carriers()));
        play(new SaleKilledStory(stage, settings));
        play(new CrashStory(stage, settings));
        if (settings.carriers().isShared()) {
            play(new ServicesApartStory(stage, settings));
        }
        play(new TwoPublishersStory(stage, settings));
        play(new OwnerDownStory(stage));
        play(new StaleChargeStory(stage));
        stage.patience().untilNanos(begin + settings.length().toNanos());
        shoppers.stop();
        landscape.history().healed();
        stage.hush();
        Audit audit = Audit.of(landscape);
        audit.judge().forEach(this::judged);
        play(new ReplayStory(stage));
        judged(Agreement.judge(agreements()));
        judged(history());
        figures(audit);
        ErasureStory erasure = new ErasureStory(stage);
        Optional<String> hindrance = erasure.hindrance();
        if (hindrance.isEmpty()) {
            play(erasure);
        } else {
            display.event("nobody is erased: " + hindrance.get());
        }
        return List.copyOf(checks);
    }

    private void play(Story story) throws InterruptedException {
        display.story(story.sentence());
        judged(story.play());
    }

    private void judged(DemoResult.Check check) {
        checks.add(check);
        display.verdict(check);
    }

    private List<Agreement> agreements() throws InterruptedException {
        List<Agreement> agreements = new ArrayList<>();
        for (Follows follows : landscape.follows()) {
            agreements.add(Agreement.of(follows, landscape.owner(follows.item()), stage.patience()));
        }
        return agreements;
    }

    /** What was appended, written and asked, and what became of it, judged by all rules of the history checker. */
    private DemoResult.Check history() {
        landscape.billing().noteHeld(landscape.history());
        Verdict verdict = landscape.history().judge(landscape.ledger().selling());
        Set<Rule> unjudged = EnumSet.allOf(Rule.class);
        unjudged.removeAll(verdict.judged());
        boolean isEnough = verdict.valid(LEAST_EVENTS, 0) && unjudged.isEmpty();
        String detail = verdict.passed()
                ? Printed.text(
                        "%,d writes and %,d deliveries judged by %d rules, none broken%s",
                        verdict.acknowledged(),
                        verdict.delivered(),
                        verdict.judged().size(),
                        isEnough ? "" : "; too few writes, or nothing to judge by " + unjudged)
                : verdict.breaches() + " "
                        + verdict.witnesses().values().iterator().next().getFirst();
        return new DemoResult.Check("historyKeepsTheRules", verdict.passed() && isEnough, detail);
    }

    private void figures(Audit audit) {
        Figures figures = stage.figures();
        figures.put("invoices.played", shoppers.played());
        figures.put("invoices.adjustments", shoppers.adjustments());
        figures.put("sales.begun", audit.accounts().size());
        figures.put(
                "sales.done",
                audit.accounts().values().stream().filter(Books.Account::done).count());
        figures.put("sales.parked", audit.parked().size());
        figures.put(
                "events", audit.booked().values().stream().mapToLong(List::size).sum());
        figures.put("charges", audit.moved().size());
        figures.put("mails", audit.mails().size());
    }

    private ShopScene scene(long begin) {
        CheckoutService checkout = landscape.checkout();
        List<ShopScene.OfGroup> groups = new ArrayList<>();
        for (Group group : landscape.groups()) {
            FollowStatus status = group.following().status();
            groups.add(new ShopScene.OfGroup(
                    group.name(), status.end().offset() - status.done().offset(), status.parked()));
        }
        return new ShopScene(
                Duration.ofNanos(System.nanoTime() - begin),
                settings.length(),
                settings.speed(),
                shoppers.shopTime(),
                new ShopScene.OfSales(
                        checkout.all().size(),
                        checkout.count(OpenSale.Stage.COLLECTING),
                        checkout.count(OpenSale.Stage.PAYING),
                        checkout.count(OpenSale.Stage.DONE),
                        checkout.count(OpenSale.Stage.FAILED)),
                landscape.follows().stream().map(Follows::row).toList(),
                groups);
    }
}
