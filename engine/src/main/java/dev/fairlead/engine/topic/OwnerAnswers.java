package dev.fairlead.engine.topic;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers readers out of the owner's log. */
final class OwnerAnswers implements Answerer {
    private static final byte[] NOTHING = {};
    private static final int MOST_RECORDS = 4096;

    private final String name;
    private final Log log;
    private final Table table;
    private final FeedPage.Writer writer;
    private final Supplier<@Nullable Beat> beat;
    private final BooleanSupplier overtaken;

    /**
     * @param beat the owner's last one
     * @param overtaken whether another has claimed the log since, so that what was read is not this writer's to tell
     */
    OwnerAnswers(
            String name,
            Log log,
            Table table,
            FeedPage.Writer writer,
            Supplier<@Nullable Beat> beat,
            BooleanSupplier overtaken) {
        this.name = name;
        this.log = log;
        this.table = table;
        this.writer = writer;
        this.beat = beat;
        this.overtaken = overtaken;
    }

    @Override
    public Answer answer(Question asked) {
        Optional<FeedQuestion> question = FeedQuestion.of(asked);
        if (question.isEmpty()) {
            return new Answer.Refused(
                    NOTHING,
                    "bad-question",
                    "this is no question of a reader of " + name + " (is it another version?)");
        }
        FeedPage page = question.get().isOfKey() ? newest(question.get()) : page(question.get());
        return overtaken.getAsBoolean()
                ? new Answer.Refused(NOTHING, "overtaken", "another owner has claimed " + name)
                : new Answer.Given(NOTHING, FeedFormat.pack(page));
    }

    private FeedPage page(FeedQuestion question) {
        Beat last = beat.get(); // before the records, which the beat may speak of
        try (LogReader reader = log.read(name, 0, question.offset())) {
            LogBatch batch = reader.poll(Math.min(question.most(), MOST_RECORDS), Duration.ZERO);
            LogBatch told = new LogBatch(batch.records(), batch.bounds(), last, batch.hole());
            return FeedPages.answer(writer, question, reader.next(), told);
        }
    }

    private FeedPage newest(FeedQuestion question) {
        List<LogRecord> found = table.latest(name, question.key()).map(List::of).orElse(List.of());
        return FeedPages.answer(writer, question, 0, new LogBatch(found, log.bounds(name, 0), null));
    }
}
