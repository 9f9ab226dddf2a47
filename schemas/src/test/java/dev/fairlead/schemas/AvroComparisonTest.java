package dev.fairlead.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroComparisonTest {

    private static Schema record(String fields) throws JsonSchema.Unusable {
        return AvroComparison.read(("{'type':'record','name':'r.R','fields':[" + fields + "]}")
                .replace('\'', '"')
                .replace('`', '\''));
    }

    private static String field(String type) {
        return "{'name':'f','type':" + type + "}";
    }

    private static String verdict(Schema written, Schema read) {
        return switch (AvroComparison.compare(written, read)) {
            case SchemaVerdict.Contained contained -> "ok";
            case SchemaVerdict.Breaking breaking -> "NO";
            case SchemaVerdict.Suspect suspect -> "suspect";
            case SchemaVerdict.Undecided undecided -> "undecided";
        };
    }

    /** New reads old, and old reads new. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'string'                       | ['null','string']                | ok | NO",
                "'int'                          | 'long'                           | ok | NO",
                "'long'                         | 'double'                         | ok | NO",
                "'string'                       | 'bytes'                          | ok | ok",
                "'string'                       | 'int'                            | NO | NO",
                "{'type':'enum','name':'E','symbols':['A']} | {'type':'enum','name':'E','symbols':['A','B']} | ok | NO",
                "{'type':'enum','name':'E','symbols':['A'],'default':'A'} | {'type':'enum','name':'E','symbols':['A','B'],'default':'A'} | ok | ok",
                "{'type':'fixed','name':'F','size':2} | {'type':'fixed','name':'F','size':3} | NO | NO",
                "{'type':'array','items':'int'} | {'type':'array','items':'long'}  | ok | NO",
                "{'type':'map','values':['null','int']} | {'type':'map','values':'int'} | NO | ok",
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | {'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | ok | ok",
            })
    void agreesWithWhatIsMeasured(String was, String is, String backward, String forward) throws Exception {
        assertThat(verdict(record(field(was)), record(field(is))))
                .as("new reads old")
                .isEqualTo(backward);
        assertThat(verdict(record(field(is)), record(field(was))))
                .as("old reads new")
                .isEqualTo(forward);
    }

    /** Fields of a record: new reads old, and old reads new. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "- | {'name':'f','type':'string'}                            | NO | ok",
                "- | {'name':'f','type':'string','default':''}               | ok | ok",
                "- | {'name':'f','type':['null','string']}                   | NO | ok",
                "- | {'name':'f','type':['null','string'],'default':null}    | ok | ok",
                "{'name':'f','type':'int'} | {'name':'g','type':'int'}                    | NO | NO",
                "{'name':'f','type':'int'} | {'name':'g','type':'int','aliases':['f']}    | ok | NO",
                "{'name':'f','type':'int'},{'name':'g','type':'long'} | {'name':'g','type':'long'},{'name':'f','type':'int'} | ok | ok",
                "{'name':'f','type':{'type':'enum','name':'E','symbols':['A','B']}} | {'name':'f','type':{'type':'enum','name':'E','symbols':['B','A']}} | ok | ok",
                "{'name':'f','type':{'type':'enum','name':'E','symbols':['A']}} | {'name':'f','type':{'type':'enum','name':'E','symbols':['A','B']},'default':'A'} | ok | NO",
                "{'name':'f','type':{'type':'record','name':'N','fields':[]}} | {'name':'f','type':{'type':'record','name':'M','fields':[]}} | NO | NO",
                "{'name':'f','type':{'type':'record','name':'N','fields':[]}} | {'name':'f','type':{'type':'record','name':'M','aliases':['N'],'fields':[]}} | ok | NO",
                "{'name':'f','type':['null',{'type':'record','name':'N','fields':[]}]} | {'name':'f','type':['null',{'type':'record','name':'M','fields':[]}]} | NO | NO",
                "{'name':'f','type':['null',{'type':'record','name':'N','fields':[]}]} | {'name':'f','type':['null',{'type':'record','name':'M','aliases':['N'],'fields':[]}]} | ok | NO",
                "{'name':'f','type':{'type':'array','items':{'type':'record','name':'N','fields':[]}}} | {'name':'f','type':{'type':'array','items':{'type':'record','name':'M','fields':[]}}} | NO | NO",
                "{'name':'f','type':{'type':'map','values':{'type':'record','name':'N','fields':[]}}} | {'name':'f','type':{'type':'map','values':{'type':'record','name':'M','aliases':['N'],'fields':[]}}} | ok | NO",
                "{'name':'f','type':{'type':'record','name':'N','fields':[]}} | {'name':'g','aliases':['f'],'type':{'type':'record','name':'M','fields':[]}} | NO | NO",
                "{'name':'f','type':{'type':'record','name':'N','fields':[]}} | {'name':'f','type':{'type':'record','name':'N','namespace':'s','fields':[]}} | ok | ok",
            })
    void aRecordAgreesWithWhatIsMeasured(@Nullable String was, @Nullable String is, String backward, String forward)
            throws Exception {
        Schema old = record(was == null ? "" : was);
        Schema changed = record(is == null ? "" : is);

        assertThat(verdict(old, changed)).as("new reads old").isEqualTo(backward);
        assertThat(verdict(changed, old)).as("old reads new").isEqualTo(forward);
    }

    /** A record is read by its name or an alias, and by its name alone whatever the namespace. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'r.R' | 'name':'r.S'                  | NO | NO",
                "'name':'r.R' | 'name':'r.S','aliases':['R']  | ok | NO",
                "'name':'r.R' | 'name':'s.R'                  | ok | ok",
            })
    void theNameOfARecordAgreesWithWhatIsMeasured(String was, String is, String backward, String forward)
            throws Exception {
        Schema old = AvroComparison.read(("{'type':'record'," + was + ",'fields':[]}").replace('\'', '"'));
        Schema changed = AvroComparison.read(("{'type':'record'," + is + ",'fields':[]}").replace('\'', '"'));

        assertThat(verdict(old, changed)).as("new reads old").isEqualTo(backward);
        assertThat(verdict(changed, old)).as("old reads new").isEqualTo(forward);
    }

    @Test
    void theWitnessOfAnotherNameHoldsARecordOfThatName() throws Exception {
        Schema written = record("{'name':'f','type':['null',{'type':'record','name':'N','fields':[]}]}");
        Schema read = record("{'name':'f','type':['null',{'type':'record','name':'M','fields':[]}]}");

        assertThat(AvroComparison.compare(written, read))
                .isInstanceOfSatisfying(SchemaVerdict.Breaking.class, breaking -> {
                    assertThat(breaking.witness()).isEqualTo("{\"f\": {}}");
                    assertThat(breaking.reason()).contains("missing union branch", "by its own name or an alias");
                });
    }

    @Test
    void aRecordOfAnotherNameThatIsNotLookedAtBreaksNobody() throws Exception {
        Schema written =
                record("{'name':'id','type':'int'},{'name':'f','type':{'type':'record','name':'N','fields':[]}}");
        Schema read = record("{'name':'id','type':'int'},{'name':'f','type':{'type':'record','name':'M','fields':[]}}");

        assertThat(AvroComparison.compare(written, SchemaViews.read(read, Set.of("id"))))
                .isEqualTo(new SchemaVerdict.Contained());
        assertThat(AvroComparison.compare(written, SchemaViews.read(read, Set.of("f"))))
                .isInstanceOf(SchemaVerdict.Breaking.class);
    }

    @Test
    void showsAValue() throws Exception {
        assertThat(AvroComparison.compare(record(field("['null','string']")), record(field("'string'"))))
                .isInstanceOfSatisfying(
                        SchemaVerdict.Breaking.class,
                        breaking -> assertThat(breaking.witness()).isEqualTo("{\"f\": null}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | {'type':'bytes','logicalType':'decimal','precision':9,'scale':3} | `f` was decimal with scale 2 and is decimal with scale 3",
                "{'type':'long','logicalType':'timestamp-millis'} | {'type':'long','logicalType':'timestamp-micros'} | `f` was timestamp-millis and is timestamp-micros",
                "'string' | 'bytes'  | `f` was string and is bytes",
                "'long'   | 'double' | `f` loses digits above 2^53",
            })
    void seesWhatTheLibraryDoesNot(String was, String is, String said) throws Exception {
        assertThat(AvroComparison.meaning(record(field(was)), record(field(is))))
                .containsExactly(said);
        assertThat(verdict(record(field(was)), record(field(is)))).isEqualTo("ok");
    }

    @Test
    void aRecordOfAnotherNameOrDefaultIsAnotherRecord() throws Exception {
        Schema other = AvroComparison.read("{\"type\":\"record\",\"name\":\"s.R\",\"fields\":[]}");

        assertThat(AvroComparison.meaning(record(""), other))
                .containsExactly("the schema was named r.R and is named s.R");
        assertThat(AvroComparison.meaning(
                        record("{'name':'f','type':'int','default':1}"),
                        record("{'name':'f','type':'int','default':2}")))
                .containsExactly("`f` has another default");
        assertThat(AvroComparison.meaning(
                        record(field("{'type':'record','name':'N','fields':[]}")),
                        record(field("{'type':'record','name':'N','namespace':'s','fields':[]}"))))
                .containsExactly("`f` was named r.N and is named s.N");
    }

    @Test
    void recursionEnds() throws Exception {
        Schema list = record("{'name':'v','type':'int'},{'name':'next','type':['null','r.R']}");
        Schema wider = record("{'name':'v','type':'long'},{'name':'next','type':['null','r.R']}");

        assertThat(verdict(list, wider)).isEqualTo("ok");
        assertThat(verdict(wider, list)).isEqualTo("NO");
    }

    @Test
    void refusesWhatIsNoSchema() {
        assertThatThrownBy(() -> AvroComparison.read("{\"type\":\"nothing\"}"))
                .isInstanceOf(JsonSchema.Unusable.class)
                .hasMessageStartingWith("this is no Avro schema: ");
    }
}
