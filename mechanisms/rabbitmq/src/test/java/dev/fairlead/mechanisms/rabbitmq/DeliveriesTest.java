package dev.fairlead.mechanisms.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
    private static final int MESSAGES = 500;

    /** What a server does with the words it gets on a channel. */
    private static final class Words {
        private final TreeSet<Long> unsettled = new TreeSet<>();
        private final TreeSet<Long> acknowledged = new TreeSet<>();
        private final TreeSet<Long> back = new TreeSet<>();
        private int count;

        private Words() {
            LongStream.rangeClosed(1, MESSAGES).forEach(unsettled::add);
        }

        private Channel channel() {
            return (Channel) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                        long number = (Long) arguments[0];
                        assertThat(unsettled)
                                .as("RabbitMQ closes the channel otherwise")
                                .contains(number);
                        boolean multiple = (Boolean) arguments[1];
                        TreeSet<Long> into = method.getName().equals("basicAck") ? acknowledged : back;
                        var range = multiple
                                ? unsettled.headSet(number, true)
                                : unsettled.subSet(number, true, number, true);
                        into.addAll(range);
                        range.clear();
                        count++;
                        return null;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void settlesWhatItIsToldInAnyOrderAndNothingElse(long seed) throws IOException {
        Random random = new Random(seed);
        List<Long> numbers =
                new ArrayList<>(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        Collections.shuffle(numbers, random);
        Words words = new Words();
        Deliveries deliveries = new Deliveries(words.channel());
        TreeSet<Long> acknowledged = new TreeSet<>();
        TreeSet<Long> back = new TreeSet<>();
        while (!numbers.isEmpty()) {
            if (random.nextInt(10) == 0) {
                long number = numbers.removeLast();
                deliveries.giveBack(number);
                back.add(number);
            } else {
                List<Long> round = numbers.subList(0, Math.min(numbers.size(), 1 + random.nextInt(40)));
                deliveries.acknowledge(List.copyOf(round));
                acknowledged.addAll(round);
                round.clear();
            }
            assertThat(words.acknowledged).isEqualTo(acknowledged);
            assertThat(words.back).isEqualTo(back);
        }
    }

    @Test
    void settlesNothingBeforeAConsumerThatHasAllHasEnded() throws Exception {
        List<String> words = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch answer = new CountDownLatch(1);
        Channel channel = (Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("basicCancel")) {
                        answer.await();
                    }
                    words.add(method.getName());
                    return null;
                });
        Deliveries deliveries = new Deliveries(channel);
        deliveries.end("consumer");
        Thread acknowledging = Thread.ofPlatform().start(() -> {
            try {
                deliveries.acknowledge(List.of(1L));
            } catch (IOException e) {
                words.add(e.toString());
            }
        });
        Awaitility.await().until(() -> acknowledging.getState() == Thread.State.WAITING);
        assertThat(words).isEmpty();
        answer.countDown();
        acknowledging.join();

        assertThat(words).containsExactly("basicCancel", "basicAck");
    }

    @Test
    void theChannelOfAReceiverThatIsDoneGoesWithTheLastThatIsSettled() throws IOException {
        List<String> words = new ArrayList<>();
        Deliveries deliveries = new Deliveries((Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                    words.add(method.getName());
                    return null;
                }));
        deliveries.came(3);
        deliveries.acknowledge(List.of(1L, 3L));
        deliveries.retire();
        assertThat(words).doesNotContain("abort");

        deliveries.giveBack(2);

        assertThat(words).endsWith("basicNack", "abort");
    }

    @Test
    void saysOneWordForAllThatCameOneAfterTheOther() throws IOException {
        Words words = new Words();
        Deliveries deliveries = new Deliveries(words.channel());

        deliveries.acknowledge(LongStream.rangeClosed(1, 200).boxed().toList());
        deliveries.acknowledge(LongStream.rangeClosed(201, MESSAGES).boxed().toList());

        assertThat(words.acknowledged).hasSize(MESSAGES);
        assertThat(words.count).isEqualTo(2);
    }
}
