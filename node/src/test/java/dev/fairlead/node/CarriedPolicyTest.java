package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan lets services do with queues and questions at the node's store. */
class CarriedPolicyTest {
    @Test
    void aQueueOfWhatIsNotToldIsForTheOperator(@TempDir Path place) {
        try (RunningNode node = RunningNode.in(place)) {
            for (String queue : List.of("profile.profile", "profile.quote", "profile.sale", "profile.nothing", "x")) {
                for (String act : List.of("define", "send", "poll", "erase")) {
                    String path = "/mechanism/queues/" + queue + "/" + act;
                    assertThat(problem(node.send("POST", path, null, Caller.HEADER, "profile")))
                            .as(path)
                            .isEqualTo("not-operator");
                    assertThat(problem(node.send("POST", path, null)))
                            .as("%s by the operator, who names no opening", path)
                            .isEqualTo("bad-request");
                }
            }
        }
    }

    @Test
    void whoMayNotAskIsNotToldWhoAnswersAndOnlyTheOwnerAnswers(@TempDir Path place) {
        try (RunningNode node = RunningNode.in(place)) {
            String find = "\0\0\0\1a\0\0\0\rprofile.quote";
            String announce = "\0\0\0\1a\0\0\1\0\0\0\0\1\0\0\0\rprofile.quote\0\0\0\1a\0\0\0\0\0\0\0\1\0\0\0\1";
            assertThat(letters(node, "find", find, "billing").statusCode()).isEqualTo(200);
            assertThat(letters(node, "find", find, "profile").statusCode()).isEqualTo(200);
            assertThat(problem(letters(node, "find", find, "shipping"))).isEqualTo("not-declared");
            assertThat(letters(node, "announce", announce, "profile").statusCode())
                    .isEqualTo(200);
            assertThat(problem(letters(node, "announce", announce, "billing"))).isEqualTo("not-owner");
            for (String other : List.of("profile.sales", "profile.proof")) {
                assertThat(problem(letters(node, "find", find.replace("profile.quote", other), "profile")))
                        .as("what is no question")
                        .isEqualTo("not-operator");
            }
        }
    }

    private static HttpResponse<String> letters(RunningNode node, String act, String body, String caller) {
        return node.send("POST", "/mechanism/letters/" + act, body, Caller.HEADER, caller, "Fairlead-Opening", "o");
    }
}
