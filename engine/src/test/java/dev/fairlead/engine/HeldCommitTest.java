package dev.fairlead.engine;

import static dev.fairlead.engine.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** H2 shows a commit to others before it is in its file: nothing goes out of an outbox that a kill of the process takes back. */
@Timeout(120)
class HeldCommitTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    @Test
    @Tag("slow")
    void nothingIsPublishedThatAKillTakesBack() {
        SalePlan.in(folder, "D1");
        Path file = folder.resolve("business");
        try (ChildJvm child = ChildJvm.of(HeldCommitChild.class).start(folder.toString(), file.toString())) {
            assertThat(child.line()).isIn(HeldCommitChild.WAITS, HeldCommitChild.PUBLISHED);
            child.kill();
            assertThat(child.line()).isNull();
        }

        DataSource database = Databases.of("jdbc:h2:file:" + file + ";WRITE_DELAY=0");
        Databases.execute(database, "UPDATE fairlead_outbox_items SET lease_until = 0");
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        Outbox<String, Sale> outbox = sales.outbox(database, Relays.BRISK);
        Relays.awaitEmpty(outbox::statistics);
        List<Integer> sold = Databases.query(database, "SELECT number FROM sold ORDER BY number").stream()
                .map(Integer::valueOf)
                .toList();

        assertThat(sold)
                .isEqualTo(
                        IntStream.rangeClosed(1, HeldCommitChild.KEPT).boxed().toList());
        assertThat(OutboxRaceTest.log(sales)).isEqualTo(Map.of(HeldCommitChild.KEY, sold));
        Databases.execute(database, "SHUTDOWN");
    }

    @Test
    @Tag("slow")
    void nothingIsTakenForHandledThatAKillTakesBack() {
        Path file = folder.resolve("business");
        String said;
        try (ChildJvm child = ChildJvm.of(HeldInboxChild.class).start(file.toString())) {
            said = child.line();
            child.kill();
            assertThat(child.line()).isNull();
        }
        assertThat(said).isIn(HeldInboxChild.WAITS, HeldInboxChild.KNOWN);

        DataSource database = Databases.of("jdbc:h2:file:" + file + ";WRITE_DELAY=0");
        assertThat(InboxChild.shipped(database)).hasSize(HeldInboxChild.KNOWN.equals(said) ? 1 : 0);
        Databases.execute(database, "SHUTDOWN");
    }

    @Test
    void anH2ThatKeepsItsCommitsLaterIsRefused() {
        SalePlan.in(folder, "D1");
        DataSource late = Databases.of("jdbc:h2:file:" + folder.resolve("late"));
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);

        refused(ErrorCode.CAPABILITY, "add ;WRITE_DELAY=0 to its URL", () -> sales.outbox(late));
        refused(
                ErrorCode.CAPABILITY,
                "500 ms later",
                () -> services.open("shipping", folder)
                        .events(SalePlan.SALES)
                        .follow("labels", Handler.transactional(late, (connection, happened) -> {})));
        Databases.execute(late, "SHUTDOWN");
    }
}
