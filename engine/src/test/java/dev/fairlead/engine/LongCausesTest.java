package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Copy;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Page;
import dev.fairlead.api.Position;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Trace;
import dev.fairlead.engine.ErasingChild.Profile;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.engine.Shop.FullQuote;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.engine.Shop.Submit;
import dev.fairlead.spi.TimeSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an application can put into headers is the trace and the cause of its work. The longest cause goes every way and can be read at its
 * end; a longer one, or one that no plan could name, is refused where it is made, before anything carries it.
 */
class LongCausesTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int LONGEST = 100;
    private static final String ITEM = "a".repeat(49) + "." + "b".repeat(50);
    private static final String KEY = "k".repeat(1000);

    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    private final Queue<Optional<Cause>> came = new ConcurrentLinkedQueue<>();

    static Stream<Cause> longest() {
        return Stream.of(
                new Cause.Written(ITEM, new Position(Integer.MAX_VALUE, Long.MAX_VALUE)),
                new Cause.Question(ITEM, UUID.randomUUID()));
    }

    private static Origin origin(Cause cause) {
        return new Origin(Trace.begin(), Optional.of(cause));
    }

    @ParameterizedTest
    @MethodSource("longest")
    void theLongestGoesWithEventsDirectlyAndThroughTheOutbox(Cause cause) {
        SalePlan.in(folder, "D1");
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        DataSource database = Databases.H2.create();
        Outbox<String, Sale> outbox = sales.outbox(database, Relays.BRISK);

        origin(cause).run(() -> {
            sales.append(KEY, new ItemAdded("direct", 1));
            Databases.commit(database, connection -> outbox.append(connection, KEY, new ItemAdded("by outbox", 2)));
        });
        Relays.awaitEmpty(outbox::statistics);

        assertThat(outbox.statistics().failure()).isEmpty();
        Page<String, Sale> page = sales.read(sales.oldest(), 10);
        assertThat(page.records()).extracting(EventRecord::event).hasSize(2);
        assertThat(page.passedOver()).isZero();
    }

    @ParameterizedTest
    @MethodSource("longest")
    void theLongestGoesWithAChangeOfState(Cause cause) {
        PlanFolder.in(folder, "D1");
        Owner<String, Profile> owner = services.open("profile", folder).own(ErasingChild.PROFILES);
        Copy<String, Profile> copy = services.open("audit", folder).copy(ErasingChild.PROFILES);

        origin(cause).run(() -> owner.put(new Profile(KEY, "n", "e", 1)));

        await().atMost(SOON).until(() -> copy.read(KEY) instanceof Reading.Fresh<Profile>);
    }

    @ParameterizedTest
    @MethodSource("longest")
    void theLongestGoesWithQuestionsAndWhatIsTold(Cause cause) {
        try (Shop shop = new Shop(folder, TimeSource.SYSTEM)) {
            Fairlead owner = shop.open("shop");
            Fairlead till = shop.open("till");
            owner.answer(Shop.QUOTES, (question, asked) -> {
                came.add(Origin.current().flatMap(Origin::cause));
                return new FullQuote(BigDecimal.ONE, "EUR", "");
            });
            owner.handle(
                    Shop.SUBMIT, (question, told) -> came.add(Origin.current().flatMap(Origin::cause)));

            origin(cause).run(() -> {
                till.ask(Shop.AMOUNTS, new QuoteQuestion("a", 1));
                till.tell(Shop.SUBMIT, new Submit("a"));
            });

            await().atMost(SOON).until(() -> came.size() == 2);
        }
    }

    @Test
    void aLongerOneCannotBeMadeAndAHandlerThatTriesParksItsKeyAlone() {
        for (String bad : List.of("", "a".repeat(LONGEST + 1), "x".repeat(5000), "checkout sale", "é.e", "A.b")) {
            assertThatThrownBy(() -> new Cause.Written(bad, new Position(0, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the id of an item")
                    .message()
                    .hasSizeLessThan(300);
            assertThatThrownBy(() -> new Cause.Question(bad, UUID.randomUUID()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        SalePlan.in(folder, "D1");
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Following<String, Sale> following = services.open("shipping", folder)
                .events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (happened.key().equals("bad")) {
                                origin(new Cause.Written("x".repeat(200), happened.position()));
                            }
                            handled.add(happened.key());
                        }),
                        SaleDesk.BRISK);
        sales.append("bad", new ItemAdded("a", 1));
        sales.append("good", new ItemAdded("a", 1));
        SaleDesk.awaitDone(following);

        assertThat(handled).containsExactly("good");
        assertThat(following.parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.key()).isEqualTo("bad"));
    }
}
