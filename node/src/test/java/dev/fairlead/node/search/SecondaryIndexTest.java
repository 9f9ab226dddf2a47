package dev.fairlead.node.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Change;
import dev.fairlead.api.Mark;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.documents.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecondaryIndexTest {
    private static final List<String> COLOURS = List.of("", "red", "redder", "blue", "r\u0000", "ß", "x".repeat(250));
    private static final Mark MARK = new Mark(1, 1, 1, Instant.EPOCH, false);

    private final SecondaryIndex index = new SecondaryIndex(
            "shop.ball",
            Fields.of(Field.of("colour", Scalar.STRING), Field.of("size", Scalar.INT32)),
            Set.of("colour", "size"),
            new JsonCodecProvider());

    private record Ball(String colour, int size) {}

    /** Whatever is put and removed, each search finds in order what a look at all of it finds. */
    @Test
    void whatIsFoundIsWhatALookAtEverythingFinds() {
        Random random = new Random(7);
        Map<String, Ball> all = new TreeMap<>();
        for (int round = 0; round < 5_000; round++) {
            String key = "k" + random.nextInt(300);
            if (random.nextInt(4) == 0) {
                all.remove(key);
                index.note(new Change.Removed<>(key, MARK, 0));
            } else {
                Ball ball = new Ball(COLOURS.get(random.nextInt(COLOURS.size())), random.nextInt(4));
                all.put(key, ball);
                index.note(new Change.Updated<>(key, document(key, ball), MARK, 0));
            }
            if (round % 50 == 0) {
                check(all, COLOURS.get(random.nextInt(COLOURS.size())), random.nextInt(5), "k" + random.nextInt(300));
            }
        }
    }

    private void check(Map<String, Ball> all, String colour, int size, String after) {
        List<String> wanted = all.entrySet().stream()
                .filter(each -> each.getValue().equals(new Ball(colour, size)))
                .map(Map.Entry::getKey)
                .filter(key -> key.compareTo(after) > 0)
                .toList();
        List<String> found = new ArrayList<>();
        Search search = new Search(Map.of("colour", colour, "size", String.valueOf(size)));
        index.keys(search, after).forEach(found::add);

        assertThat(found).isEqualTo(wanted);
        assertThat(found).allMatch(key -> index.matches(search, document(key, Objects.requireNonNull(all.get(key)))));
    }

    private static Document document(String key, Ball ball) {
        String json =
                "{\"colour\":\"%s\",\"size\":%d}".formatted(ball.colour().replace("\u0000", "\\u0000"), ball.size());
        return new Document(key, json.getBytes(UTF_8));
    }
}
