package dev.fairlead.node.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.CodecProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueFilterTest {
    private static final CodecProvider CODECS =
            ServiceLoader.load(CodecProvider.class).findFirst().orElseThrow();

    @TempDir
    private Path folder;

    private ValueFilter filter(String only) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), """
                service: a
                shares:
                  item:
                    kind: state
                    key: id
                    fields: { id: string, owner: string?, number: int64, flag: bool, code: uuid, state: 'enum(x, y)' }
                    expose: { c: { fields: [ id ], clearance: internal, only: { %s } } }
                """.formatted(only));
        Plan plan = Objects.requireNonNull(PlanReader.read(folder).plan());
        Share share = plan.items().getFirst();
        OutsideView view = share.views().getFirst();
        return ValueFilter.of(view, share.content(), CODECS);
    }

    private static Optional<String> part(ValueFilter filter, String document) {
        return filter.part("the-key", document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "owner: sub    | {'owner':'ada'}                                   | ada  | true",
                "owner: sub    | {'owner':'Ada'}                                   | ada  | false",
                "owner: sub    | {'owner':'ada '}                                  | ada  | false",
                "number: sub   | {'number':9007199254740993}                       | 9007199254740993 | true",
                "number: sub   | {'number':17}                                     | 017  | false",
                "flag: sub     | {'flag':true}                                     | true | true",
                "state: sub    | {'state':'x'}                                     | y    | false",
                "code: sub     | {'code':'7A1B2C3D-0000-4000-8000-00000000ABCD'}   | 7a1b2c3d-0000-4000-8000-00000000abcd | true",
                "id: sub       | {'id':'another'}                                  | the-key | true",
            })
    void aValueIsInThePartOfTheClaimThatItEquals(String only, String document, String claim, boolean isSeen)
            throws IOException {
        ValueFilter filter = filter(only);

        assertThat(part(filter, document)
                        .filter(filter.partOf(Map.of("sub", claim))::equals)
                        .isPresent())
                .isEqualTo(isSeen);
    }

    @Test
    void whatLacksAFieldOrAClaimIsNobodys() throws IOException {
        ValueFilter filter = filter("owner: sub, number: level");

        for (String document :
                new String[] {"{}", "{'owner':null,'number':1}", "{'owner':'','number':1}", "{'owner':'a'}"}) {
            assertThat(part(filter, document)).as(document).isEmpty();
        }
        assertThat(filter.missing(Map.of("sub", "a"))).hasValue("level");
        assertThat(filter.missing(Map.of("sub", "", "level", "1"))).hasValue("sub");
        assertThat(filter.missing(Map.of("sub", "a", "level", "1"))).isEmpty();
        assertThatThrownBy(() -> filter.partOf(Map.of("sub", "a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoTextsNeverLookLikeTwoOthers() throws IOException {
        ValueFilter filter = filter("owner: sub, id: key");

        assertThat(filter.partOf(Map.of("sub", "a1:b", "key", "c")))
                .isNotEqualTo(filter.partOf(Map.of("sub", "a", "key", "b1:c")));
        assertThat(filter.partOf(Map.of("sub", "1:1", "key", "1")))
                .isNotEqualTo(filter.partOf(Map.of("sub", "1", "key", "1:1")));
    }
}
