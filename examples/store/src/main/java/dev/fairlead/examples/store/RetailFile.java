package dev.fairlead.examples.store;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * The invoices of one day, from a file.
 *
 * @param invoices in the order of their first rows; complete only when there are no faults
 * @param faults each with file, line and column
 */
record RetailFile(List<Invoice> invoices, List<String> faults) {
    private static final CsvMapper CSV = new CsvMapper();
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_FAULTS = 20;

    static RetailFile read(Path file) {
        Reading reading = new Reading(file);
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            reading.read(in);
        } catch (IOException e) {
            reading.fault(1, 1, "cannot be read: " + e + " (name a folder of readable UTF-8 files)");
        }
        return new RetailFile(reading.invoices(), reading.faults);
    }

    private static final class Reading {
        private final Path file;
        private final Map<String, List<RetailRow>> rows = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private final List<String> cells = new ArrayList<>();
        private final List<TokenStreamLocation> places = new ArrayList<>();
        private int count;

        Reading(Path file) {
            this.file = file;
        }

        void read(Reader in) {
            try (JsonParser parser =
                    CSV.reader().with(CsvReadFeature.WRAP_AS_ARRAY).createParser(in)) {
                JsonToken token = parser.nextToken();
                while (token != null && faults.size() < MOST_FAULTS && count <= MOST_ROWS) {
                    if (token == JsonToken.VALUE_STRING) {
                        cells.add(parser.getString());
                        places.add(parser.currentTokenLocation());
                    } else if (token == JsonToken.END_ARRAY) {
                        row();
                        cells.clear();
                        places.clear();
                    }
                    token = parser.nextToken();
                }
            } catch (JacksonIOException e) {
                fault(1, 1, "cannot be read: " + e.getOriginalMessage() + " (it must be text in UTF-8)");
            } catch (JacksonException e) {
                TokenStreamLocation at = e.getLocation();
                fault(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), e.getOriginalMessage());
            }
            if (count == 0 && faults.isEmpty()) {
                fault(1, 1, "is empty (its first row must be " + String.join(",", RetailRow.HEADER) + ")");
            }
        }

        private void row() {
            if (cells.isEmpty() || cells.equals(List.of(""))) {
                return;
            }
            if (count++ == 0) {
                if (!cells.equals(RetailRow.HEADER)) {
                    fault(1, 1, "the first row must be " + String.join(",", RetailRow.HEADER));
                }
                return;
            }
            TokenStreamLocation begin = places.getFirst();
            if (count > MOST_ROWS) {
                fault(begin.getLineNr(), 1, "more than " + MOST_ROWS + " rows (split the file by days)");
                return;
            }
            try {
                RetailRow row = RetailRow.of(cells);
                rows.computeIfAbsent(row.invoice(), number -> new ArrayList<>()).add(row);
            } catch (RetailRow.BadCell bad) {
                TokenStreamLocation place = places.get(bad.cell());
                fault(place.getLineNr(), place.getColumnNr(), bad.why());
            }
        }

        private void fault(int line, int column, String what) {
            faults.add(file + ":" + line + ":" + column + ": " + what);
        }

        private List<Invoice> invoices() {
            return rows.values().stream().map(Reading::invoice).toList();
        }

        private static Invoice invoice(List<RetailRow> rows) {
            RetailRow first = rows.getFirst();
            return new Invoice(
                    first.invoice(),
                    first.time(),
                    first.customer(),
                    first.country(),
                    rows.stream().map(RetailRow::line).toList());
        }
    }
}
