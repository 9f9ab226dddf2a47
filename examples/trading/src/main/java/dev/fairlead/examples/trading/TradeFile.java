package dev.fairlead.examples.trading;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trades of one file, in the order of their time.
 *
 * <p>A row that is no trade is counted and its line named; the rest is used.
 *
 * @param trades at least one
 * @param bad how many rows are no trades
 * @param complaints the first of these, each with its line
 */
record TradeFile(List<Trade> trades, int bad, List<String> complaints) {
    /** The name of the file that comes with this example. */
    static final String BITSTAMP = "bitstamp_trades_from_20131125_usd.csv";

    static final int MAX_TRADES = 2_000_000;
    private static final int MAX_COMPLAINTS = 10;

    TradeFile {
        trades = List.copyOf(trades);
        complaints = List.copyOf(complaints);
    }

    /** Reads the file, or without one the trades that come with this example. */
    static TradeFile open(@Nullable Path file) {
        String name = file == null ? BITSTAMP : file.toString();
        try (InputStream in = file == null ? bundled() : Files.newInputStream(file)) {
            return read(name, in);
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE, "the trades in " + name + " cannot be read: " + e + " (name another file)", e);
        }
    }

    private static InputStream bundled() {
        InputStream in = TradeFile.class.getResourceAsStream(BITSTAMP);
        if (in == null) {
            throw new FairleadException(
                    ErrorCode.INTERNAL, BITSTAMP + " is not on the class path (build the example with Maven)");
        }
        return in;
    }

    static TradeFile read(String name, InputStream in) throws IOException {
        Rows rows = new Rows(in);
        TradeRows parser = new TradeRows();
        List<Trade> trades = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        int bad = 0;
        String row = rows.next();
        for (long line = 1; row != null; line++, row = rows.next()) {
            if (line == 1 && row.startsWith("timestamp,") || row.isEmpty()) {
                continue;
            }
            try {
                trades.add(parser.trade(row));
            } catch (TradeRows.BadRow e) {
                bad++;
                if (complaints.size() < MAX_COMPLAINTS) {
                    complaints.add(name + ":" + line + ": " + e.why());
                }
            }
            if (trades.size() > MAX_TRADES) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, name + " has more than " + MAX_TRADES + " trades (give a part of it)");
            }
        }
        if (trades.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    name + " has no trade (rows must be timestamp,price,amount"
                            + (complaints.isEmpty() ? "" : "; " + complaints.getFirst()) + ")");
        }
        return new TradeFile(trades, bad, complaints);
    }
}
