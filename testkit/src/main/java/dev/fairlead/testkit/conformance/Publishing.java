package dev.fairlead.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.Topic;
import dev.fairlead.spi.TopicSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One topic of a scenario, and short words for what scenarios do with it. */
record Publishing(Scope scope, String name) {
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final int AT_ONCE = 256;

    static Publishing of(Scope scope) {
        return new Publishing(scope, scope.freshName());
    }

    static Question message(String text) {
        return new Question(new byte[] {7}, text.getBytes(UTF_8));
    }

    static String text(Question message) {
        return new String(message.payload(), UTF_8);
    }

    void publish(String... texts) throws Exception {
        publish(scope.topic(), List.of(texts));
    }

    void publish(Topic by, List<String> texts) throws Exception {
        List<CompletableFuture<?>> publishing = new ArrayList<>();
        for (String text : texts) {
            publishing.add(by.publish(name, message(text)));
        }
        for (CompletableFuture<?> each : publishing) {
            scope.acknowledged(each);
        }
    }

    TopicSubscription passing() {
        return scope.topic().subscribe(name);
    }

    TopicSubscription durable(String subscription) {
        return scope.topic().subscribe(name, subscription);
    }

    /** Waits for as many messages. */
    List<Question> take(TopicSubscription subscription, int number) {
        List<Question> come = new ArrayList<>();
        long deadline = System.nanoTime() + scope.patience().toNanos();
        while (come.size() < number) {
            Expect.that(
                    System.nanoTime() < deadline,
                    number + " messages of " + name + " within " + scope.patience() + ", but " + come.size() + " came");
            come.addAll(subscription.poll(Math.min(AT_ONCE, number - come.size()), MOMENT));
        }
        return come;
    }

    void expect(TopicSubscription subscription, String... texts) {
        Expect.equal(
                take(subscription, texts.length).stream().map(Publishing::text).toList(),
                List.of(texts),
                "what the subscription gets of " + name);
    }

    void none(TopicSubscription subscription, String beyond) {
        List<Question> more = subscription.poll(AT_ONCE, MOMENT);
        Expect.that(more.isEmpty(), "nothing " + beyond + ", but " + more.size() + " messages came");
    }
}
