package dev.fairlead.examples.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailDataTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String LANTERN =
            "536365,85123A,\"LANTERN, WHITE\",6,2010-12-01 08:26:00,2.55,17850.0,France\n";

    @TempDir
    Path folder;

    private Path day(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), rows, StandardCharsets.UTF_8);
    }

    private static ThrowableAssertAlternative<FairleadException> refused(Path folder) {
        return assertThatExceptionOfType(FairleadException.class)
                .isThrownBy(() -> RetailData.read(folder, 100))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE));
    }

    @Test
    void readsInvoicesInTheOrderOfTheDays() throws IOException {
        day("2010-12-02.csv", HEADER + "C536400,22633,HAND WARMER,-1,2010-12-02 09:00:00,1.85,,EIRE\n");
        day(
                "2010-12-01.csv",
                HEADER + LANTERN
                        + "536366,22633,,3,2010-12-01 08:28:00,1.845,17850,France\n"
                        + "536365,71053,METAL LANTERN,2,2010-12-01 08:26:00,3.39,17850.0,France\n");
        day("README.md", "no data");

        RetailData data = RetailData.read(folder, 100);

        assertThat(data.invoices()).extracting(Invoice::number).containsExactly("536365", "536366", "C536400");
        assertThat(data.invoices().getFirst())
                .isEqualTo(new Invoice(
                        "536365",
                        LocalDateTime.of(2010, 12, 1, 8, 26),
                        "17850",
                        "France",
                        List.of(
                                new Invoice.Line("85123A", "LANTERN, WHITE", 6, new BigDecimal("2.55")),
                                new Invoice.Line("71053", "METAL LANTERN", 2, new BigDecimal("3.39")))));
        assertThat(data.customers()).containsExactly(new Customer("17850", "France"));
        assertThat(data.products())
                .contains(new Product("22633", "HAND WARMER", new BigDecimal("1.84")))
                .hasSize(3);
        assertThat(data.invoices().getLast().customer()).isNull();
    }

    @Test
    void readsNoFurtherThanNeeded() throws IOException {
        day("2010-12-01.csv", HEADER + LANTERN);
        day("2010-12-02.csv", "rubbish");

        assertThat(RetailData.read(folder, 1).invoices()).hasSize(1);
        refused(folder).withMessageContaining("2010-12-02.csv:1:1: the first row must be InvoiceNo,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "X1,85123A,A,6,2010-12-01 08:26:00,2.55,,France          | :3:1: InvoiceNo is 'X1' (it must be six digits",
                "536365,,A,6,2010-12-01 08:26:00,2.55,,France            | :3:8: StockCode is '' (",
                "536365,85123A,\"A, B\",6.5,2010-12-01 08:26:00,2.55,,F  | :3:22: Quantity is '6.5' (it must be a whole",
                "536365,85123A,A,6,2010-02-30 08:26:00,2.55,,France      | :3:19: InvoiceDate is '2010-02-30 08:26:00' (",
                "536365,85123A,A,6,2010-12-01 08:26:00,1e9,,France       | :3:39: UnitPrice is '1e9' (",
                "536365,85123A,A,6,2010-12-01 08:26:00,2.55,me,France    | :3:44: CustomerID is 'me' (",
                "536365,85123A,A,6,2010-12-01 08:26:00,2.55,17850.0,     | :3:52: Country has 0 characters",
                "536365,85123A,A,6                                       | :3:1: 4 cells instead of the 8 of InvoiceNo,",
                "536365,85123A,\"A,6                                     | Missing closing quote",
            })
    void namesFileLineColumnAndWhatIsWrong(String row, String message) throws IOException {
        Path file = day("2010-12-01.csv", HEADER + LANTERN + row.strip() + "\n");

        refused(folder).withMessageStartingWith(file + ":").withMessageContaining(message);
    }

    @Test
    void tellsAllFaultsOfAFile() throws IOException {
        day("2010-12-01.csv", HEADER + LANTERN.replace("536365", "x") + LANTERN + LANTERN.replace("2.55", "y"));

        assertThatThrownBy(() -> RetailData.read(folder, 1))
                .message()
                .satisfies(text -> assertThat(text.lines()).hasSize(2))
                .contains(":2:1: InvoiceNo", ":4:54: UnitPrice");
    }

    @Test
    void refusesAFolderWithNothingToPlay() throws IOException {
        refused(folder.resolve("none")).withMessageContaining("is no folder");
        refused(folder).withMessageContaining("has no *.csv file");
        day("2010-12-01.csv", "");
        refused(folder).withMessageContaining("2010-12-01.csv:1:1: is empty");
        day("2010-12-01.csv", HEADER + LANTERN.replace(",6,", ",-6,"));
        refused(folder).withMessageContaining("has no sale");
        Files.write(folder.resolve("2010-12-01.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2});
        refused(folder).withMessageContaining("2010-12-01.csv:1:1: cannot be read");
    }
}
