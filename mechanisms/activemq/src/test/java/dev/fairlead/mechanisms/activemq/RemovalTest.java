package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left on Artemis after a removal. */
class RemovalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Question HELLO = new Question(new byte[] {9}, "hello".getBytes(UTF_8));

    private final String prefix = ActivemqUnderTest.newPrefix();
    private final Map<String, String> settings = new HashMap<>(RealServer.ARTEMIS.shared());

    RemovalTest() {
        settings.put("prefix", prefix);
    }

    private void remove() {
        new ActivemqProvider().remove(Activemq.opening(settings));
    }

    private <T> T administer(Administration.Work<T> work) {
        try (Broker broker = Broker.open(ActivemqSettings.of(Activemq.opening(settings), System::getenv));
                Administration administration = new Administration(broker)) {
            return administration.once("a look at the broker", work);
        }
    }

    private String names() {
        return administer(session -> {
            Management management = Management.open(session, PATIENCE);
            return management.call(Management.BROKER, "getQueueNames", "[]")
                    + management.call(Management.BROKER, "getAddressNames", "[]");
        });
    }

    @Test
    void nothingWithThePrefixIsLeft() {
        try (ActivemqMechanism mechanism = ActivemqMechanism.open(Activemq.opening(settings))) {
            Activemq.define(mechanism);
            Activemq.send(mechanism, "a");
            mechanism.subscribe("shop.price", "billing").close();
            mechanism.subscribe("shop.price", "audit").close();
            Activemq.join(mechanism.publish("shop.price", HELLO));
            mechanism.answer("shop.stock", 1, question -> new Answer.Given(new byte[] {9}, "there".getBytes(UTF_8)));
            mechanism.ask("shop.stock", HELLO, PATIENCE).join();
            assertThatThrownBy(() -> mechanism.depth("shop.unknown")).hasMessageContaining("is not defined");
        }
        assertThat(names()).contains(prefix);

        remove();

        assertThat(names()).doesNotContain(prefix);
    }

    /** Artemis makes a queue for whoever looks whether it is there. */
    @Test
    void aQueueThatWasOnlyLookedForIsTakenAway() {
        QueueNames names = QueueNames.of(prefix, "shop.unknown");
        administer(session -> {
            Links.browser(session, names.notes(), "TRUE", PATIENCE);
            remove();
            return true;
        });

        assertThat(names()).doesNotContain(prefix);
    }

    @Test
    void onlyARefusalForWantOfARightNamesTheRight() {
        assertThatThrownBy(() -> administer(session -> Management.open(session, PATIENCE)
                        .call(Management.BROKER, "destroyQueue", "[\"" + prefix + "none\",true,true]")))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("does not exist")
                .hasMessageNotContaining("needs the right");
    }
}
