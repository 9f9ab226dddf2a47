package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One queue of a scenario, and short words for what scenarios do with it. */
record Queueing(Scope scope, String name) {
    static final Duration LEASE = Duration.ofSeconds(30);

    static Queueing defined(Scope scope) {
        String name = scope.freshName();
        scope.queue().define(new QueueDefinition(name, scope.durability()));
        return new Queueing(scope, name);
    }

    static Question message(String text) {
        return new Question(new byte[] {7}, text.getBytes(UTF_8));
    }

    static String text(Question message) {
        return new String(message.payload(), UTF_8);
    }

    static String text(Delivered delivered) {
        return text(delivered.message());
    }

    void send(String... texts) throws Exception {
        List<CompletableFuture<?>> sending = new ArrayList<>();
        for (String text : texts) {
            sending.add(scope.queue().send(name, message(text)));
        }
        for (CompletableFuture<?> each : sending) {
            scope.acknowledged(each);
        }
    }

    void sendLater(String text, Instant notBefore) throws Exception {
        scope.acknowledged(scope.queue().send(name, message(text), notBefore));
    }

    QueueReceiver receiver() {
        return scope.queue().receive(name, LEASE);
    }

    QueueReceiver otherReceiver() {
        return scope.otherQueue().receive(name, LEASE);
    }

    /** As many messages as wanted, one after another; none may come beyond the patience. */
    List<Delivered> take(QueueReceiver receiver, int number) {
        List<Delivered> taken = new ArrayList<>();
        long deadline = System.nanoTime() + scope.patience().toNanos();
        while (taken.size() < number) {
            taken.addAll(receiver.poll(Math.min(number - taken.size(), 1000), scope.patience()));
            Expect.that(
                    taken.size() >= number || System.nanoTime() < deadline,
                    number + " messages of " + name + " within " + scope.patience() + ", but " + taken.size()
                            + " came");
        }
        return taken;
    }

    Delivered take(QueueReceiver receiver, String text) {
        Delivered taken = take(receiver, 1).getFirst();
        Expect.equal(text(taken), text, "the message");
        return taken;
    }

    void none(QueueReceiver receiver, String why) {
        List<Delivered> more = receiver.poll(1, Duration.ZERO);
        Expect.that(
                more.isEmpty(),
                "no message " + why + ", but "
                        + more.stream().map(Queueing::text).toList() + " came");
    }

    void acknowledge(Delivered delivered) throws Exception {
        scope.acknowledged(delivered.acknowledge());
    }

    /** Sends the messages and sets them aside. */
    List<Delivered> dead(QueueReceiver receiver, String... texts) throws Exception {
        send(texts);
        List<Delivered> taken = take(receiver, texts.length);
        for (Delivered each : taken) {
            scope.acknowledged(each.setAside("because of " + text(each)));
        }
        return taken;
    }

    List<DeadLetter> letters() {
        return scope.queue().deadLetters(name).list(-1, 1000);
    }

    static List<String> texts(List<DeadLetter> letters) {
        return letters.stream().map(letter -> text(letter.message())).toList();
    }

    void fenced(Delivered delivered) {
        Expect.fails(ErrorCode.FENCED, name, () -> scope.acknowledged(delivered.acknowledge()));
        Expect.fails(ErrorCode.FENCED, name, () -> scope.acknowledged(delivered.giveBack(Duration.ZERO)));
        Expect.fails(ErrorCode.FENCED, name, () -> scope.acknowledged(delivered.giveBack(Duration.ofSeconds(1))));
        Expect.fails(ErrorCode.FENCED, name, () -> scope.acknowledged(delivered.handBack()));
        Expect.fails(ErrorCode.FENCED, name, () -> scope.acknowledged(delivered.setAside("late")));
    }
}
