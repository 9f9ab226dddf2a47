package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue is for those whom the plan lets tell, and for the owner of what is told; any other is for the operator. */
class CarriedQueuesTest {
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
}
