package dev.fairlead.cli;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Reading;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestRefused;
import java.math.BigDecimal;

/** The code that docs/requests.md shows; {@link RequestsPageTest} holds the two together and runs it. */
final class RequestsExample {
    private RequestsExample() {}

    enum Currency {
        EUR,
        USD
    }

    record Profile(String customerId, String name) {}

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
    // lookup ends
}
