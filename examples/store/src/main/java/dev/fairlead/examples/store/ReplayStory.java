package dev.fairlead.examples.store;

import dev.fairlead.api.Position;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import java.util.List;
import java.util.Map;

/** The ledger writes its books again from the first event, and those who mail and settle see everything again: the books come out equal, nobody gets a mail or a charge. */
final class ReplayStory implements Story {
    static final String NAME = "replayHasNoEffects";

    /**
     * What was seen.
     *
     * @param replayed how many events the replayed groups have passed
     * @param accounts how many sales the books have
     * @param sameBooks whether the books came out equal
     * @param mailsBefore how many mails there were
     * @param mailsAfter how many there are
     * @param chargesBefore how often money had moved
     * @param chargesAfter how often it has
     */
    record Seen(
            long replayed,
            int accounts,
            boolean sameBooks,
            int mailsBefore,
            int mailsAfter,
            int chargesBefore,
            int chargesAfter) {}

    private final Stage stage;
    private final StoreLandscape landscape;

    ReplayStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    @Override
    public String sentence() {
        return "The ledger is written again from the first event, and those who mail and settle see it all again: no mail, no charge.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        stage.hush();
        int mailsBefore = mails();
        int chargesBefore = charges();
        LedgerService ledger = landscape.ledger();
        Books old = ledger.rewrite();
        List<Group> effects =
                List.of(landscape.shipping().group(), landscape.checkout().settling());
        for (Group group : effects) {
            group.following().replay(new Position(0, 0));
        }
        stage.patience().until(Stage.LONGEST, landscape::isQuiet);
        long replayed = 0;
        for (Group group : landscape.groups()) {
            if (effects.contains(group) || group.service().equals(LedgerService.NAME)) {
                replayed += group.following().status().end().offset();
            }
        }
        Map<String, Books.Account> accounts = ledger.books().accounts();
        return judge(new Seen(
                replayed,
                accounts.size(),
                ledger.books() != old && accounts.equals(old.accounts()),
                mailsBefore,
                mails(),
                chargesBefore,
                charges()));
    }

    private int mails() {
        return landscape.shipping().mails().size();
    }

    private int charges() {
        return landscape.cards().moved().values().stream()
                .mapToInt(CardProcessor.Moved::times)
                .sum();
    }

    static DemoResult.Check judge(Seen seen) {
        boolean passed = seen.replayed() > 0
                && seen.accounts() > 0
                && seen.sameBooks()
                && seen.mailsBefore() > 0
                && seen.mailsAfter() == seen.mailsBefore()
                && seen.chargesBefore() > 0
                && seen.chargesAfter() == seen.chargesBefore();
        String detail = Printed.text(
                "%,d events replayed: the books of %,d sales came out %s, mails %d → %d, charges %d → %d",
                seen.replayed(),
                seen.accounts(),
                seen.sameBooks() ? "equal" : "different",
                seen.mailsBefore(),
                seen.mailsAfter(),
                seen.chargesBefore(),
                seen.chargesAfter());
        return new DemoResult.Check(NAME, passed, detail);
    }
}
