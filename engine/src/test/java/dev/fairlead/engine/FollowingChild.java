package dev.fairlead.engine;

import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.spi.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A process that follows the sales until it is killed, and says the offset of each event that it has handled. */
final class FollowingChild {
    static final String READY = "ready";
    static final int BAD = 29;

    private FollowingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Fairlead shipping = SalePlan.open("shipping", Path.of(args[0]), TimeSource.SYSTEM);
        out.write((READY + "\n").getBytes(StandardCharsets.US_ASCII));
        shipping.events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (((SalePlan.ItemAdded) happened.event()).quantity() % BAD == 3) {
                                throw new IllegalStateException("bad number");
                            }
                            String line = happened.position().offset() + "\n";
                            out.write(line.getBytes(StandardCharsets.US_ASCII));
                        }),
                        new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30)));
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }
}
