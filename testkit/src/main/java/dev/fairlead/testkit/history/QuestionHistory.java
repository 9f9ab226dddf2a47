package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Type;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions and what became of them. Judges A14, and A16 for them. */
final class QuestionHistory {
    private final Verdict.Builder verdict;
    private final Patience patience;
    private final Map<RecordId, Question> questions = new HashMap<>();

    private static final class Question {
        private @Nullable HistoryEvent asked;
        private @Nullable HistoryEvent outcome;
        private boolean answered;
    }

    QuestionHistory(Verdict.Builder verdict, Patience patience) {
        this.verdict = verdict;
        this.patience = patience;
    }

    void ask(HistoryEvent event) {
        verdict.judges(EnumSet.of(Rule.A14, Rule.A16));
        Question question = of(event);
        if (event.type() == Type.INVOKE) {
            if (question.asked != null) {
                verdict.breach(Rule.A14, event, "was asked before under the same name");
            }
            question.asked = event;
            return;
        }
        HistoryEvent asked = question.asked;
        if (asked == null) {
            verdict.breach(Rule.A14, event, "has an outcome and was never asked");
            return;
        }
        if (question.outcome != null) {
            verdict.breach(Rule.A14, event, "has a second outcome");
        }
        question.outcome = event;
        patience.came(event, asked.nanos());
        if (event.type() == Type.OK) {
            answered(event, question);
        }
    }

    private void answered(HistoryEvent event, Question question) {
        if (!question.answered) {
            verdict.breach(Rule.A14, event, "got an answer that no handler gave");
        }
        if (event.checksum() != HistoryEvent.checksum(event.item(), event.key(), event.sequence())) {
            verdict.breach(Rule.A14, event, "got the answer to another question, or a changed one");
        }
    }

    void answer(HistoryEvent event) {
        Question question = of(event);
        if (question.asked == null) {
            verdict.breach(Rule.A14, event, "was answered and never asked");
        }
        question.answered = true;
    }

    private Question of(HistoryEvent event) {
        return questions.computeIfAbsent(RecordId.of(event), none -> new Question());
    }

    void end() {
        questions.values().forEach(question -> {
            HistoryEvent asked = question.asked;
            if (asked != null && question.outcome == null) {
                verdict.breach(Rule.A14, asked, "has no outcome");
            }
        });
    }
}
