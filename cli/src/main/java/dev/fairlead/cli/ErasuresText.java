package dev.fairlead.cli;

import dev.fairlead.api.Erasure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The erasures of a landscape, as people and programs read them. */
final class ErasuresText {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ErasuresText() {}

    static String text(List<Erasure> erasures) {
        if (erasures.isEmpty()) {
            return "nothing was erased\n";
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"item", "key", "asked", "holder", "acknowledged"});
        for (Erasure erasure : erasures) {
            String[] head = {erasure.item(), erasure.key(), second(erasure.asked())};
            for (Erasure.Holder holder : erasure.holders()) {
                rows.add(new String[] {head[0], head[1], head[2], holder.name(), acknowledged(holder)});
                head = new String[] {"", "", ""};
            }
        }
        long open = erasures.stream().filter(erasure -> !erasure.complete()).count();
        String sum = erasures.size()
                + (erasures.size() == 1 ? " erasure, " : " erasures, ")
                + (open == 0 ? "all acknowledged by every holder" : open + " not acknowledged by every holder");
        return String.join("\n", Aligned.of(rows)) + "\n\n" + sum + "\n";
    }

    private static String acknowledged(Erasure.Holder holder) {
        if (holder.done()) {
            return holder.since().map(ErasuresText::second).orElse("yes");
        }
        return holder.failure().isEmpty() ? "no" : "failed: " + holder.failure().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String json(List<Erasure> erasures) {
        ObjectNode report = MAPPER.createObjectNode();
        ArrayNode list = report.putArray("erasures");
        for (Erasure erasure : erasures) {
            ObjectNode node = list.addObject()
                    .put("item", erasure.item())
                    .put("key", erasure.key())
                    .put("position", erasure.position().offset())
                    .put("asked", erasure.asked().toString())
                    .put("complete", erasure.complete());
            ArrayNode holders = node.putArray("holders");
            for (Erasure.Holder holder : erasure.holders()) {
                ObjectNode said = holders.addObject().put("name", holder.name()).put("done", holder.done());
                holder.since().ifPresent(since -> said.put("acknowledged", since.toString()));
                if (!holder.failure().isEmpty()) {
                    said.put("failure", holder.failure());
                }
            }
        }
        return MAPPER.writeValueAsString(report) + "\n";
    }
}
