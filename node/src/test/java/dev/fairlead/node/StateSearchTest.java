package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Values are looked up by the fields that the plan lets a caller look them up by, and by no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateSearchTest {
    private static final String ORDERS = "/items/desk/order";
    private static final String[] AS_READER = {"Fairlead-Service", "board"};
    private static final String[] AS_OTHER = {"Fairlead-Service", "audit"};
    private static final String LONG = "x".repeat(300);

    private static final String DESK = """
            service: desk
            shares:
              order:
                kind: state
                key: id
                fields:
                  id: string
                  status: "enum(open, done)"
                  country: string?
                  amount: "decimal(12,2)"
                  lot: int64
                  ticket: uuid
                  at: instant
                  secret: string
                  tags: list(string)
            """;

    private static final String BOARD = """
            service: board
            needs:
              desk.order:
                uses: [ id, status, country, amount, lot, ticket, at, tags ]
                by: [ status, country, amount, lot, ticket, at, tags ]
                why: the board shows what is open
            """;

    private static final String AUDIT = """
            service: audit
            needs:
              desk.order:
                uses: [ id, status ]
                by: [ id ]
                why: samples
            """;

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path plan = Files.createDirectories(folder.resolve("plan"));
        Files.writeString(plan.resolve("desk.yaml"), DESK);
        Files.writeString(plan.resolve("board.yaml"), BOARD);
        Files.writeString(plan.resolve("audit.yaml"), AUDIT);
        node = RunningNode.in(folder, plan, NodeTimes.defaults());
        for (int i = 0; i < 25; i++) {
            put("k%02d".formatted(i), i % 5 == 0 ? "open" : "done", i % 2 == 0 ? "CH" : LONG + i % 3, i);
        }
        put("other", "done", null, 7);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private void put(String id, String status, @Nullable String country, int lot) {
        String body = """
                {"id":"%s","status":"%s",%s"amount":%d.50,"lot":%d,"ticket":"%s","at":"%s","secret":"s%d","tags":["t"]}""".formatted(
                        id,
                        status,
                        country == null ? "" : "\"country\":\"" + country + "\",",
                        lot,
                        lot,
                        "00000000-0000-4000-8000-0000000000" + (lot + 10),
                        "2026-11-27T20:00:" + (lot + 10) + "Z",
                        lot);
        HttpResponse<String> put = node.put(ORDERS + "/" + id, body);
        assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
    }

    private List<String> keys(String query, String... caller) {
        HttpResponse<String> page = node.get(ORDERS + "?" + query, caller);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        List<String> keys = new ArrayList<>();
        json(page).get("values").forEach(each -> keys.add(each.get("key").asString()));
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "by.status=open, k00 k05 k10 k15 k20",
        "by.status=open&by.country=CH, k00 k10 k20",
        "by.country=CH&by.status=open&after=k00, k10 k20",
        "by.amount=4.5, k04",
        "by.amount=4.50, k04",
        "by.lot=7, k07 other",
        "by.ticket=00000000-0000-4000-8000-000000000013, k03",
        "by.at=2026-11-27T20:00:13.000Z, k03",
        "by.country=NL, ''",
    })
    void aReaderFindsTheValuesThatHaveWhatItLooksFor(String query, String wanted) {
        assertThat(String.join(" ", keys(query, AS_READER))).isEqualTo(wanted);
    }

    @Test
    void longTextsThatBeginAlikeAreToldApart() {
        assertThat(keys("by.country=" + LONG + "1", AS_READER)).containsExactly("k01", "k07", "k13", "k19");
        assertThat(keys("by.country=" + LONG, AS_READER)).isEmpty();
    }

    @Test
    void pagesLeadThroughAllThatIsFound() {
        List<String> keys = new ArrayList<>();
        String next = ORDERS + "?limit=2&by.status=open";
        while (next != null) {
            JsonNode page = json(node.get(next, AS_READER));
            page.get("values").forEach(each -> keys.add(each.get("key").asString()));
            next = page.has("next") ? page.get("next").asString() : null;
        }

        assertThat(keys).containsExactly("k00", "k05", "k10", "k15", "k20");
        assertThat(header(node.get(ORDERS + "?limit=2&by.status=open", AS_READER), "Link"))
                .isEqualTo("<" + ORDERS + "?after=k05&limit=2&by.status=open>; rel=\"next\"");
    }

    @Test
    void whatIsWrittenIsFoundAtOnceAndNoLongerByWhatItWas() {
        put("moved", "open", "FR", 40);
        assertThat(keys("by.country=FR", AS_READER)).containsExactly("moved");
        put("moved", "done", "IT", 40);

        assertThat(keys("by.country=FR", AS_READER)).isEmpty();
        assertThat(keys("by.country=IT&by.status=done", AS_READER)).containsExactly("moved");
        node.send("DELETE", ORDERS + "/moved", null);
        assertThat(keys("by.country=IT", AS_READER)).isEmpty();
    }

    @Test
    void aReaderLooksUpByWhatItDeclaresAndIsToldTheLineForMore() {
        HttpResponse<String> refused = node.get(ORDERS + "?by.status=open", AS_OTHER);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(problem(refused)).isEqualTo("not-declared");
        assertThat(json(refused).get("detail").asString()).contains("audit.yaml", "desk.order", "`by: [ id, status ]`");
        assertThat(keys("by.id=k03", AS_OTHER)).containsExactly("k03");
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.secret=s1", "by.nothing=1", "by.=1", "by=1", "by.country=CH&by.country=NL"})
    void whatAReaderDoesNotSeeItCannotAskFor(String query) {
        HttpResponse<String> refused = node.get(ORDERS + "?" + query, AS_READER);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("by.secret");
    }

    @ParameterizedTest
    @CsvSource({
        "by.lot=seven, by.lot is to be of type int64",
        "by.amount=, 'by.amount is to be of type decimal(12,2)'",
        "by.at=today, by.at is to be of type instant",
        "by.tags=t, 'not looked up by tags, but by'",
        "by.secret=s1, 'not looked up by secret, but by'",
    })
    void whatCannotBeLookedForIsSaid(String query, String words) {
        HttpResponse<String> refused = node.get(ORDERS + "?" + query);

        assertThat(problem(refused)).isEqualTo("bad-request");
        assertThat(json(refused).get("detail").asString()).contains(words);
    }

    @Test
    void ownerAndOperatorLookUpByWhatAnybodyDoes() {
        assertThat(keys("by.lot=3", "Fairlead-Service", "desk")).containsExactly("k03");
        assertThat(keys("by.lot=1e0")).containsExactly("k01");
    }

    @Test
    void theDescriptionHasWhatTheCallerMayLookUpBy() {
        assertThat(parameters("Fairlead-Service", "audit")).containsExactly("after", "limit", "by.id");
        assertThat(parameters(AS_READER))
                .containsExactly(
                        "after", "limit", "by.status", "by.country", "by.amount", "by.lot", "by.ticket", "by.at");
        assertThat(parameters()).contains("by.id", "by.status").doesNotContain("by.secret", "by.tags");
    }

    private List<String> parameters(String... caller) {
        List<String> names = new ArrayList<>();
        json(node.get("/openapi.json", caller))
                .get("paths")
                .get(ORDERS)
                .get("get")
                .get("parameters")
                .forEach(each -> names.add(each.get("name").asString()));
        return names;
    }
}
