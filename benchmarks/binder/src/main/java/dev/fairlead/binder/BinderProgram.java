package dev.fairlead.binder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends values through a binding and keeps the newest of each key from another, as the framework's guide shows it: JSON by its own
 * converter, one message for each value, acks of all. It uses no transactions, which the program that it stands beside does.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class BinderProgram {
    private static final long LOOK_AGAIN = 100_000;
    private static final int WARM = 5;

    private final Map<String, Quote> newest = new ConcurrentHashMap<>();
    private final AtomicInteger read = new AtomicInteger();

    /** The same value as that of the other subjects. */
    public record Quote(String symbol, String venue, double bid, double ask, long bidSize, long askSize, long at) {}

    /** Receives what the topic holds. */
    @Bean
    public Consumer<Quote> quotes() {
        return quote -> {
            newest.put(quote.symbol(), quote);
            read.incrementAndGet();
        };
    }

    /**
     * Prints how many values a second went from one side to the other, and what this process needed for each: microseconds of processor time,
     * and bytes allocated. Arguments: brokers, topic, number of values, number of keys.
     */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[2]);
        int keys = Integer.parseInt(arguments[3]);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BinderProgram.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "spring.main.log-startup-info=false",
                        "logging.level.root=OFF",
                        "spring.cloud.function.definition=quotes",
                        "spring.cloud.stream.kafka.binder.brokers=" + arguments[0],
                        "spring.cloud.stream.kafka.binder.required-acks=all",
                        "spring.cloud.stream.bindings.quotes-in-0.destination=" + arguments[1],
                        "spring.cloud.stream.bindings.quotes-in-0.group=" + arguments[1],
                        "spring.cloud.stream.kafka.bindings.quotes-in-0.consumer.start-offset=earliest",
                        "spring.cloud.stream.bindings.sent-out-0.destination=" + arguments[1])
                .run()) {
            BinderProgram program = context.getBean(BinderProgram.class);
            StreamBridge bridge = context.getBean(StreamBridge.class);
            int warm = Math.max(1, count / WARM);
            program.pass(bridge, 0, warm, keys);
            long processor = processorNanos();
            long allocated = allocatedBytes();
            long begin = System.nanoTime();
            program.pass(bridge, warm, count, keys);
            double perSecond = count * 1e9 / (System.nanoTime() - begin);
            double micros = (processorNanos() - processor) / 1e3 / count;
            double bytes = (double) (allocatedBytes() - allocated) / count;
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)
                    .println(perSecond + " " + micros + " " + bytes);
        }
    }

    /** Sends so many and waits until all have come. */
    private void pass(StreamBridge bridge, int from, int count, int keys) {
        for (int number = from; number < from + count; number++) {
            Quote quote = quote("SYM" + number % keys, number);
            bridge.send(
                    "sent-out-0",
                    MessageBuilder.withPayload(quote)
                            .setHeader(KafkaHeaders.KEY, quote.symbol().getBytes(UTF_8))
                            .build());
        }
        while (read.get() < from + count) {
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long allocatedBytes() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getTotalThreadAllocatedBytes();
    }

    private static Quote quote(String symbol, long number) {
        double price = 100 + (number % 1000) / 100.0;
        return new Quote(symbol, "XNAS", price, price + 0.01, number % 500, number % 700, number);
    }
}
