package dev.fairlead.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableHistoryTest {
    /** A folder of {@code NNN-….csv}: 190 dated versions of the constituents of an index, 2012 to 2026. */
    private static final String FOLDER = "FAIRLEAD_SP500";

    private static final String BOTH = " meaning-changed [board, orders] symbol: unit ";
    private static final String DOT = "letters and a dot";
    private static final String HYPHEN = "letters and a hyphen";

    @TempDir
    private Path temporary;

    @Test
    void reportsWhatBreaksReadersAndNothingElse() throws IOException {
        Path tables = Files.createDirectory(temporary.resolve("tables"));
        String[] versions = {
            "Symbol,Name\nMMM,3M\nBRK.B,\"Berkshire, \"\"B\"\"\"\n",
            "Symbol,Name\nBRK.B,Berkshire\nMMM,3M\n",
            "Symbol,Name,Sector\nBRK.B,Berkshire,\nMMM,3M,Industrials\n",
            "Symbol,Name,Sector\nBRK-B,Berkshire,\nMMM,3M,Industrials\n",
            "Symbol,Name,Sector\nBRK.B,Berkshire,\nMMM,3M,Industrials\n",
            "Symbol,Company,GICS Sector\nBRK.B,Berkshire,\nMMM,3M,Industrials\n",
            "Symbol,Name,GICS Sector\nMMM,3M,Industrials\n",
            "Symbol,Name,GICS Sector\nMMM (was 3M),3M,Industrials\n",
        };
        for (int number = 0; number < versions.length; number++) {
            Files.writeString(tables.resolve("00" + number + ".csv"), versions[number]);
        }

        TableHistory history = new TableHistory(tables, Files.createDirectory(temporary.resolve("plans")));

        assertThat(history.breaks())
                .containsExactly(
                        "003" + BOTH + DOT + " -> unit " + HYPHEN,
                        "004" + BOTH + HYPHEN + " -> unit " + DOT,
                        "005 field-removed [board] name: string -> nothing",
                        "005 field-removed [board] sector: string -> nothing",
                        "006 field-removed [board] company: string -> nothing",
                        "007" + BOTH + DOT + " -> unit free text");
    }

    @Test
    void reportsTheRealBreaksOfFourteenYears() throws IOException {
        String folder = System.getenv(FOLDER);
        Assumptions.assumeTrue(
                folder != null, "set the environment variable " + FOLDER + " to the folder with the dated versions");

        TableHistory history = new TableHistory(Path.of(folder), Files.createDirectory(temporary.resolve("plans")));

        assertThat(history.versions()).isEqualTo(190);
        assertThat(history.breaks())
                .containsExactly(
                        "005" + BOTH + DOT + " -> unit " + HYPHEN,
                        "023" + BOTH + HYPHEN + " -> unit " + DOT,
                        "041" + BOTH + DOT + " -> unit free text",
                        "042" + BOTH + "free text -> unit " + DOT,
                        "056" + BOTH + DOT + " -> unit free text",
                        "057" + BOTH + "free text -> unit " + DOT,
                        "065 field-removed [board] name: string -> nothing",
                        "065 field-removed [board] sector: string -> nothing",
                        "088" + BOTH + DOT + " -> unit " + HYPHEN,
                        "089" + BOTH + HYPHEN + " -> unit " + DOT,
                        "104" + BOTH + DOT + " -> unit free text",
                        "105" + BOTH + "free text -> unit " + DOT,
                        "152 field-removed [board] security: string -> nothing",
                        "153 field-removed [board] company: string -> nothing");
    }
}
