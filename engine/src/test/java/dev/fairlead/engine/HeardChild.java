package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.process.ChildJvm;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A process whose lines are heard as it says them, counted by their first words. */
final class HeardChild implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ChildJvm child;
    private final Map<String, AtomicInteger> said = new ConcurrentHashMap<>();
    private final Thread listening;
    private volatile boolean ended;

    /** @param each is given the words of each line, before it is counted */
    HeardChild(ChildJvm child, Consumer<String[]> each) {
        this.child = child;
        this.listening = Thread.ofPlatform().daemon().start(() -> listen(each));
    }

    private void listen(Consumer<String[]> each) {
        for (String line = child.line(); line != null; line = child.line()) {
            String[] words = line.split(" ", -1);
            each.accept(words);
            said.computeIfAbsent(words[0], none -> new AtomicInteger()).incrementAndGet();
        }
        ended = true;
    }

    /** How many lines so far began with the word. */
    int said(String word) {
        AtomicInteger count = said.get(word);
        return count == null ? 0 : count.get();
    }

    void awaitSaid(String word) {
        await(() -> said(word) > 0);
    }

    /** Waits for something that needs the process to go on. */
    void await(BooleanSupplier reached) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (reached.getAsBoolean()) {
                return true;
            }
            assertThat(ended).as("the child ended by itself").isFalse();
            return false;
        });
    }

    void pause() throws InterruptedException {
        child.pause();
    }

    void resume() throws InterruptedException {
        child.resume();
    }

    void tell() {
        child.tell();
    }

    /** Kills it, and hears all that it said before. */
    void kill() throws InterruptedException {
        child.kill();
        listening.join();
    }

    @Override
    public void close() {
        child.close();
    }
}
