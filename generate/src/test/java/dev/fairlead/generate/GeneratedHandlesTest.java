package dev.fairlead.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Owner;
import dev.fairlead.api.PlanName;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.spi.ValueCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The generated handles in use: javac takes them, both services open with them, and values go through and fit the schemas. */
class GeneratedHandlesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Plan plan;
    private List<GeneratedFile> files;
    private CompiledJava compiled;
    private Fairlead shop;
    private Fairlead reader;

    @BeforeEach
    void open() throws Exception {
        plan = TestPlans.hostile(folder);
        files = Generator.generate(plan, Choice.everything()).files();
        compiled = CompiledJava.of(files, folder.resolve("classes"));
        shop = Fairlead.open("shop", folder, all("generated.shop.Items"));
        reader = Fairlead.open("new", folder, all("generated.new_.Items"));
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        shop.close();
        compiled.close();
    }

    @Test
    void aStateItemIsPutAndCopied() throws Exception {
        StateItem<String, Record> own = handle("generated.shop.Items", "STRING");
        StateItem<String, Record> read = handle("generated.new_.Items", "STRING");
        Owner<String, Record> owner = shop.own(own);
        Copy<String, Record> copy = reader.copy(read);
        Fields fields = ((Content.State) content("shop.string")).fields();
        for (int seed = 0; seed < 40; seed++) {
            ObjectNode document = new SampleDocuments(seed).of(fields).put("select", "key " + seed);
            Record value = value(own.valueType(), document);

            Receipt receipt = owner.put(value);

            assertThat(written(value)).as("seed %d", seed).isEqualTo(Schemas.json(document.toString()));
            assertThat(Schemas.faults(schema("shop/json-schema/shop.string"), written(value)))
                    .isEmpty();
            Record copied = fresh(copy.read("key " + seed, receipt, SOON));
            assertThat(copied).isInstanceOf(read.valueType());
            assertThat(Schemas.faults(schema("new/json-schema/shop.string"), written(copied)))
                    .isEmpty();
            assertThat(written(copied).get("payment")).isEqualTo(written(value).get("payment"));
        }
    }

    @Test
    void aKeyMayBeAnEnumAndUnseenByTheReader() throws Exception {
        StateItem<Object, Record> own = handle("generated.shop.Items", "ENUM");
        StateItem<String, Record> read = handle("generated.new_.Items", "ENUM");
        Record value = value(own.valueType(), Schemas.json("{\"region\": \"north-west\", \"note\": \"n\"}"));

        Receipt receipt = shop.own(own).put(value);

        assertThat(fresh(reader.copy(read).read("north-west", receipt, SOON))).hasToString("Enum2[note=n]");
    }

    @Test
    void eventsAreAppendedAndRead() throws Exception {
        EventItem<String, Object> own = handle("generated.shop.Items", "SALE");
        EventItem<String, Object> read = handle("generated.new_.Items", "SALE");
        Map<String, Fields> events = ((Content.Events) content("shop.sale")).events();
        Events<String, Object> appended = shop.events(own);
        List<String> names = new ArrayList<>();
        for (Class<?> type : own.eventType().getPermittedSubclasses()) {
            PlanName said = type.getAnnotation(PlanName.class);
            String name = said == null ? type.getSimpleName() : said.value();
            ObjectNode document = new SampleDocuments(7).of(events.getOrDefault(name, Fields.NONE));
            appended.append("sale 1", value(type, document));
            names.add(name);
        }
        assertThat(names).containsExactlyElementsOf(events.keySet());

        Events<String, Object> seen = reader.events(read);
        List<? extends EventRecord<String, Object>> records =
                seen.read(seen.oldest(), 10).records();

        assertThat(records).extracting(EventRecord::key).containsOnly("sale 1");
        assertThat(records)
                .extracting(record -> record.event().getClass().getSimpleName())
                .containsExactly("ItemAdded", "String_", "_2nd_try");
        assertThat(records)
                .allSatisfy(record -> assertThat(
                                Schemas.faults(schema("new/json-schema/shop.sale"), written(record.event())))
                        .isEmpty());
    }

    @Test
    void aQuestionIsAskedAndAnswered() throws Exception {
        RequestItem<Record, Record> own = handle("generated.shop.Items", "QUOTE");
        RequestItem<Record, Record> asked = handle("generated.new_.Items", "QUOTE");
        shop.answer(
                own,
                (question, context) -> value(
                        own.answerType(),
                        Schemas.json("{\"amount\": 12.50, \"currency\": \"EUR\", \"goto\": \""
                                + written(question).get("sku").stringValue() + "\"}")));

        Record answer = reader.ask(
                asked,
                value(asked.questionType(), Schemas.json("{\"sku\": \"85123A\", \"quantity\": 2, \"assert\": null}")));

        assertThat(answer).hasToString("Quote[amount=12.50, goto_=85123A]");
    }

    @Test
    void somethingIsToldAndHandled() throws Exception {
        TellItem<Record> own = handle("generated.shop.Items", "SUBMIT_CARD");
        TellItem<Record> told = handle("generated.new_.Items", "SUBMIT_CARD");
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        shop.handle(own, (question, context) -> handled.add(question.toString()));

        reader.tell(told, value(told.questionType(), Schemas.json("{\"saleId\": \"1\", \"amount\": 3.10}")));

        await().atMost(SOON).until(() -> handled.contains("SubmitCard[saleId=1, amount=3.10]"));
    }

    private Content content(String item) {
        return plan.item(ItemId.of(item)).orElseThrow().content();
    }

    private Item[] all(String type) throws ReflectiveOperationException {
        return (Item[]) compiled.type(type).getMethod("all").invoke(null);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the generated constants say it
    private <T> T handle(String type, String constant) throws ReflectiveOperationException {
        return (T) compiled.type(type).getField(constant).get(null);
    }

    private static <T> T value(Class<T> type, JsonNode document) {
        return new JsonCodecProvider().codec(type).decode(document.toString().getBytes(UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static JsonNode written(Object value) {
        ValueCodec<Object> codec = (ValueCodec<Object>) new JsonCodecProvider().codec(value.getClass());
        return Schemas.json(new String(codec.encode(value), UTF_8));
    }

    private static Record fresh(Reading<Record> reading) {
        if (reading instanceof Reading.Fresh<Record>(Record value, Mark mark)) {
            return value;
        }
        throw new AssertionError(reading);
    }

    private JsonNode schema(String name) {
        return Schemas.content(files, name + ".schema.json");
    }
}
