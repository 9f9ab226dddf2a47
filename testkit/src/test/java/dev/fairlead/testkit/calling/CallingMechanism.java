package dev.fairlead.testkit.calling;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.DistributedCall;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A mechanism that carries questions through a {@link MemoryNetwork}, and nothing else. */
final class CallingMechanism implements Mechanism, Call {
    private final AtomicReference<String> address = new AtomicReference<>("");
    private final DistributedCall calls;

    CallingMechanism(MemoryNetwork network, TimeSource time) {
        this.calls = new DistributedCall("memory", time, inbox -> {
            CallTransport open = network.open(inbox);
            address.set(open.address());
            return open;
        });
    }

    /** Empty before it has asked or answered. */
    String address() {
        return address.get();
    }

    @Override
    public String name() {
        return "calling";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CALL);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        return calls.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        return calls.ask(item, question, deadline);
    }

    @Override
    public void close() {
        calls.close();
    }
}
