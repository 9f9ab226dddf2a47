package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns by which a record or message tells other programs what it is: each attribute of a CloudEvent in one of its name, with {@code ce_}
 * before it. They are NULL where only the packed envelope travels. A row without header, but with these, was written by another program.
 */
final class EventColumns {
    private static final List<String> NAMES = List.of(
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "datacontenttype",
            "partitionkey",
            "traceparent",
            "fairleadversion",
            "fairleadepoch",
            "fairleadcause",
            "fairleadchecksum");

    /** The columns, for a table that is created. */
    static final String DEFINITIONS = joined("ce_%s EVENT_TYPE");

    /** Their names. */
    static final String LIST = joined("ce_%s");

    /** As many parameters. */
    static final String PARAMETERS = joined("?");

    /** What an update sets to take them away. */
    static final String CLEARED = joined("ce_%s = NULL");

    private EventColumns() {}

    private static String joined(String each) {
        return NAMES.stream().map(name -> each.replace("%s", name)).collect(Collectors.joining(", "));
    }

    static void set(PreparedStatement row, int from, Map<String, String> attributes) throws SQLException {
        for (int i = 0; i < NAMES.size(); i++) {
            String value = attributes.get(NAMES.get(i));
            if (value == null) {
                row.setNull(from + i, Types.VARCHAR);
            } else {
                row.setString(from + i, value);
            }
        }
    }

    static Map<String, String> read(ResultSet row, int from) throws SQLException {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String value = row.getString(from + i);
            if (value != null) {
                attributes.put(NAMES.get(i), value);
            }
        }
        return attributes;
    }

    /** The header of a row: the packed one, or else what another program's attributes say. */
    static byte[] header(byte[] packed, ResultSet row, int from) throws SQLException {
        return packed.length > 0 ? packed : ForeignHeader.of(read(row, from));
    }
}
