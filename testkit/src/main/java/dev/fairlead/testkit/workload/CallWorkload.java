package dev.fairlead.testkit.workload;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Askers and answerers at work on one item, written down as a history and judged.
 *
 * <p>Two answerers share the questions, and one asker closes and opens one of them now and then. Some questions take longer than their
 * deadline, so that their answers come when nobody waits. Each question must have one outcome, and an answer must be its own.
 */
public final class CallWorkload {
    private static final int ASKERS = 4;
    private static final int QUESTIONS = 2000;
    private static final int AT_ONCE = 20;
    private static final int SLOW = 100;
    private static final int CHANGE = 25;
    private static final int ROOM = 32;
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] NO_HEADER = {};

    private final Call call;
    private final String item;
    private final HistoryRecorder history;

    private CallWorkload(Mechanism mechanism, HistoryRecorder history) {
        if (!(mechanism instanceof Call known)) {
            throw new FairleadException(ErrorCode.CAPABILITY, mechanism.name() + " carries no questions");
        }
        this.call = known;
        this.item = mechanism.name() + ".workload-call";
        this.history = history;
    }

    /** Does the work, which takes seconds, and judges the history that it leaves in the file. */
    public static Verdict run(Mechanism mechanism, Path historyFile) {
        try (HistoryRecorder history = HistoryRecorder.create(historyFile)) {
            new CallWorkload(mechanism, history).run();
        }
        return HistoryChecker.check(HistoryFile.read(historyFile)).by(EnumSet.of(Rule.A14));
    }

    private void run() {
        try (ExecutorService threads = Executors.newCachedThreadPool();
                OpenAnswerer always = call.answer(item, ROOM, this::answer)) {
            List<Future<?>> asking = new ArrayList<>();
            for (int asker = 0; asker < ASKERS; asker++) {
                int own = asker;
                asking.add(threads.submit(() -> ask(own)));
            }
            LogWorkload.await(asking);
        }
    }

    private Answer answer(Question question) {
        SentRecord asked = read(question.header(), question.payload());
        note(Type.OK, Function.ANSWER, asked.key(), asked.sequence(), 0);
        if (asked.sequence() % SLOW == SLOW - 1) {
            LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());
        }
        return new Answer.Given(question.header(), question.payload());
    }

    private record Asked(long number, CompletableFuture<Answer> outcome) {}

    private void ask(int asker) {
        OpenAnswerer second = call.answer(item, ROOM, this::answer);
        for (int from = 0; from < QUESTIONS; from += AT_ONCE) {
            List<Asked> asked = new ArrayList<>();
            for (long number = from; number < from + AT_ONCE; number++) {
                LogEntry entry = SentRecord.entry(0, asker, number);
                note(Type.INVOKE, Function.ASK, asker, number, 0);
                Duration deadline = number % SLOW == SLOW - 1 ? SHORT : LONG;
                asked.add(new Asked(number, call.ask(item, new Question(entry.key(), entry.payload()), deadline)));
            }
            if (asker == 0 && from / AT_ONCE % CHANGE == CHANGE - 1) {
                second.close();
                second = call.answer(item, ROOM, this::answer);
            }
            asked.forEach(each -> ended(asker, each));
        }
        second.close();
    }

    private void ended(int asker, Asked asked) {
        try {
            int checksum = asked.outcome().join() instanceof Answer.Given given
                    ? read(given.header(), given.payload()).checksum()
                    : 0;
            note(Type.OK, Function.ASK, asker, asked.number(), checksum);
        } catch (CompletionException e) {
            boolean unknown =
                    e.getCause() instanceof FairleadException known && known.code() == ErrorCode.OUTCOME_UNKNOWN;
            note(unknown ? Type.INFO : Type.FAIL, Function.ASK, asker, asked.number(), 0);
        }
    }

    private static SentRecord read(byte[] header, byte[] payload) {
        return SentRecord.of(new LogRecord(0, header, NO_HEADER, payload), 0);
    }

    private void note(Type type, Function function, long asker, long number, int checksum) {
        history.note(1, type, function, 0, asker, number, -1, 0, checksum);
    }
}
