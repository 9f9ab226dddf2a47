package dev.fairlead.mechanisms.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A process that works on a queue until it is killed, and says what was acknowledged to it: what it sent, what it acknowledged and what it
 * set aside; or one that fills a queue deep and empties it again.
 */
final class QueueChild {
    static final String QUEUE = "q";

    private static final int PAYLOAD = 100;

    private QueueChild() {}

    public static void main(String[] args) {
        EmbeddedMechanism mechanism = Records.open(Path.of(args[0]), Durability.D2);
        mechanism.define(new QueueDefinition(QUEUE, args[1].equals("deep") ? Durability.D1 : Durability.D2));
        if (args[1].equals("deep")) {
            deep(mechanism, Integer.parseInt(args[2]));
            mechanism.close();
        } else {
            work(mechanism, Long.parseLong(args[2]));
        }
    }

    private static void work(EmbeddedMechanism mechanism, long seed) {
        ParentJvm.sayReady();
        for (int lane = 0; lane < 4; lane++) {
            long first = (seed * 10 + lane) * 1_000_000;
            Thread.ofPlatform().start(() -> send(mechanism, first));
        }
        for (int lane = 0; lane < 2; lane++) {
            Thread.ofPlatform().start(() -> receive(mechanism));
        }
        ParentJvm.awaitWord();
    }

    private static void send(EmbeddedMechanism mechanism, long first) {
        for (long number = first; ; number++) {
            mechanism.send(QUEUE, message(number)).join();
            ParentJvm.say("sent " + number);
        }
    }

    private static void receive(EmbeddedMechanism mechanism) {
        QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
        while (true) {
            for (Delivered each : receiver.poll(3, Duration.ofSeconds(1))) {
                long number = number(each.message());
                ParentJvm.say("got " + number + " " + each.attempt());
                switch ((int) (number % 8)) {
                    case 0 -> settled(each.setAside("number " + number), "dead " + number);
                    case 1 -> settled(each.giveBack(Duration.ofMillis(1)), "back " + number);
                    case 2 -> {} // held until the kill
                    default -> settled(each.acknowledge(), "done " + number);
                }
            }
        }
    }

    private static void settled(CompletableFuture<Void> settling, String line) {
        settling.join();
        ParentJvm.say(line);
    }

    private static void deep(EmbeddedMechanism mechanism, int number) {
        List<CompletableFuture<Sent>> sending = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sending.add(mechanism.send(
                    QUEUE, new Question(new byte[PAYLOAD], message(i).payload())));
            if (sending.size() == 1000) {
                sending.forEach(CompletableFuture::join);
                sending.clear();
            }
        }
        sending.forEach(CompletableFuture::join);
        ParentJvm.say("depth " + mechanism.depth(QUEUE).waiting());
        QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofHours(1));
        long sum = 0;
        for (int i = 0; i < number; ) {
            List<Delivered> page = receiver.poll(1000, Duration.ofSeconds(10));
            List<CompletableFuture<Void>> settling = new ArrayList<>();
            for (Delivered each : page) {
                sum += number(each.message());
                settling.add(each.acknowledge());
            }
            settling.forEach(CompletableFuture::join);
            i += page.size();
        }
        ParentJvm.say("sum " + sum);
    }

    static Question message(long number) {
        return new Question(
                new byte[] {1}, String.format(Locale.ROOT, "%019d", number).getBytes(US_ASCII));
    }

    static long number(Question message) {
        return Long.parseLong(new String(message.payload(), US_ASCII));
    }
}
