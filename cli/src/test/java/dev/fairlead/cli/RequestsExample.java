package dev.fairlead.cli;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Copy;
import dev.fairlead.api.DeadTell;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Found;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Reading;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The code that docs/requests.md shows; {@link RequestsPageTest} holds the two together and runs it. */
final class RequestsExample {
    private RequestsExample() {}

    enum Currency {
        EUR,
        USD
    }

    record Profile(String customerId, String name) {}

    /** Whoever charges cards, once for each key. */
    interface Cards {
        void charge(UUID key, String saleId, BigDecimal amount);
    }

    // owner begins
    record QuoteQuestion(String sku, int quantity) {}

    record Quote(BigDecimal amount, Currency currency) {}

    static final RequestItem<QuoteQuestion, Quote> QUOTES =
            RequestItem.of("shop.quote", QuoteQuestion.class, Quote.class);

    static Answering answerQuotes(Fairlead shop) {
        return shop.answer(QUOTES, (question, asked) -> {
            if (question.quantity() > 100) {
                throw new RequestRefused("too-many", "at most 100 of " + question.sku());
            }
            return new Quote(new BigDecimal("2.50").multiply(BigDecimal.valueOf(question.quantity())), Currency.EUR);
        });
    }
    // owner ends

    // asker begins
    record Amount(BigDecimal amount) {}

    static final RequestItem<QuoteQuestion, Amount> AMOUNTS =
            RequestItem.of("shop.quote", QuoteQuestion.class, Amount.class);

    static String price(Fairlead till, QuoteQuestion question) {
        try {
            return till.ask(AMOUNTS, question).amount().toPlainString();
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                return "perhaps";
            }
            return RequestRefused.of(e).map(RequestRefused::code).orElse("not now");
        }
    }
    // asker ends

    // tell begins
    record SubmitCard(String saleId, BigDecimal amount) {}

    static final TellItem<SubmitCard> SUBMIT_CARD = TellItem.of("shop.submit-card", SubmitCard.class);

    static Handling<SubmitCard> chargeCards(Fairlead shop, Cards cards) {
        return shop.handle(SUBMIT_CARD, (card, told) -> cards.charge(told.key(), card.saleId(), card.amount()));
    }

    static TellReceipt pay(Fairlead till, SubmitCard card) {
        Telling once = Telling.now().withKey(UUID.randomUUID());
        try {
            return till.tell(SUBMIT_CARD, card, once);
        } catch (FairleadException e) {
            if (e.code() != ErrorCode.OUTCOME_UNKNOWN) {
                throw e;
            }
            return till.tell(SUBMIT_CARD, card, once);
        }
    }

    static TellReceipt payTomorrow(Fairlead till, SubmitCard card) {
        return till.tell(SUBMIT_CARD, card, Telling.after(Duration.ofDays(1)));
    }

    static int sendAgain(Handling<SubmitCard> handling) {
        for (DeadTell dead : handling.deadLetters(-1, 100)) {
            if (dead.error().contains("expired")) {
                handling.dismiss(dead.number(), "the card has expired");
            }
        }
        return handling.redrive();
    }
    // tell ends

    // lookup begins
    static String nameOf(Lookup<String, Profile> profiles, String id) {
        return profiles.read(id) instanceof Reading.Fresh<Profile> fresh
                ? fresh.value().name()
                : "nobody";
    }

    static String nameOf(Copy<String, Profile> profiles, String id) {
        return profiles.get(id) instanceof Reading.Fresh<Profile> fresh
                ? fresh.value().name()
                : "nobody";
    }

    static List<Profile> allNamed(Lookup<String, Profile> profiles, String name) {
        List<Profile> all = new ArrayList<>();
        Found<String, Profile> page = profiles.find(Map.of("name", name), 100);
        page.readings().values().forEach(fresh -> all.add(fresh.value()));
        for (String after = page.next(); after != null; after = page.next()) {
            page = profiles.find(Map.of("name", name), 100, after);
            page.readings().values().forEach(fresh -> all.add(fresh.value()));
        }
        return all;
    }
    // lookup ends
}
