package dev.fairlead.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that look into the owner's database: columns come before they are used, and go when no grant uses them. */
class SharedTableComparisonTest {
    private static final String VIEW = "direct: view, because: it joins them";

    @TempDir
    private Path folder;

    private Versions versions;

    @BeforeEach
    void begin() {
        versions = new Versions(folder);
    }

    private static String owner(String fields) {
        return "service: shop\nshares:\n  stock: { kind: state, key: sku, fields: { sku: string, " + fields + " } }\n";
    }

    private static String reader(String name, String uses, String more) {
        return "service: " + name + "\nneeds:\n  shop.stock: { uses: [ " + uses + " ], " + more + " }\n";
    }

    @Test
    void aColumnStaysAsLongAsAGrantUsesIt() {
        String report = reader("report", "sku, amount", VIEW);
        String other = reader("other", "sku", VIEW);

        List<CheckFinding> found = versions.then(owner("amount: int32"), report, other)
                .then(owner("pieces: int32"), report, other)
                .compare()
                .findings();

        assertThat(found.stream().map(Versions::line))
                .containsExactly(
                        "error field-removed [report] amount: int32 -> nothing",
                        "note field-added [] pieces: nothing -> int32");
        assertThat(Versions.mode(found.getFirst())).isEqualTo(Mode.EXPAND_CONTRACT);
        assertThat(Versions.order(found.getFirst()))
                .isEqualTo(
                        "expand, then contract: shop adds the new column and goes on filling the old one until no grant"
                                + " of report uses it");
    }

    @Test
    void expandingAndThenContractingBreaksNobody() {
        String old = reader("report", "sku, amount", VIEW);
        String moved = reader("report", "sku, pieces", VIEW);

        assertThat(new Versions(folder.resolve("expand"))
                        .then(owner("amount: int32"), old)
                        .then(owner("amount: int32, pieces: int32"), old)
                        .found())
                .containsExactly("note field-added [] pieces: nothing -> int32");
        assertThat(new Versions(folder.resolve("move"))
                        .then(owner("amount: int32, pieces: int32"), old)
                        .then(owner("amount: int32, pieces: int32"), moved)
                        .found())
                .isEmpty();
        assertThat(new Versions(folder.resolve("contract"))
                        .then(owner("amount: int32, pieces: int32"), moved)
                        .then(owner("pieces: int32"), moved)
                        .found())
                .containsExactly("note field-removed-unused [] amount: int32 -> nothing");
    }

    /** A log still holds what was written by the first version; a table does not. */
    @Test
    void rowsAreOfTheLastVersion() {
        String[] owners = {owner("amount: string"), owner("note: string?"), owner("note: string?, amount: int32?")};
        String[] direct = {reader("report", "sku", VIEW), reader("report", "sku, amount", VIEW)};
        String[] follows = {reader("report", "sku", "within: 5s"), reader("report", "sku, amount", "within: 5s")};

        assertThat(new Versions(folder.resolve("direct"))
                        .then(owners[0], direct[0])
                        .then(owners[1], direct[0])
                        .then(owners[2], direct[1])
                        .found())
                .containsExactly("note field-added [] amount: nothing -> int32?");
        assertThat(new Versions(folder.resolve("follows"))
                        .then(owners[0], follows[0])
                        .then(owners[1], follows[0])
                        .then(owners[2], follows[1])
                        .found())
                .containsExactly("error name-reused [report] amount: string -> int32");
    }

    @Test
    void whereOneOfThemFollowsTheLogItsVersionsCount() {
        String report = reader("report", "sku, amount", VIEW);
        String shelf = reader("shelf", "sku, amount", "within: 5s");

        assertThat(versions
                        .then(owner("amount: int32"), report, shelf)
                        .then(owner("pieces: int32"), report, shelf)
                        .compare()
                        .findings()
                        .stream()
                        .map(Versions::mode))
                .startsWith(Mode.FULL_TRANSITIVE);
    }
}
