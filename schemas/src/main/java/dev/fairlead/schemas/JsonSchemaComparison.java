package dev.fairlead.schemas;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says whether all that one JSON Schema allows is allowed by another, with a proof or a document where there is one. */
final class JsonSchemaComparison {
    private static final int MOST_CANDIDATES = 4_000;

    private JsonSchemaComparison() {}

    /**
     * Compares two schemas.
     *
     * @param given what is written
     * @param wanted what is read
     */
    static SchemaVerdict compare(JsonSchema given, JsonSchema wanted) {
        Proof proof = new Proof(given, wanted);
        try {
            if (proof.holds()) {
                return new SchemaVerdict.Contained();
            }
        } catch (Parts.Exhausted exhausted) {
            return search(given, wanted, new SchemaVerdict.Undecided(String.valueOf(exhausted.getMessage())));
        }
        String narrower = String.join(", ", proof.narrower());
        String undecidable = String.join(", ", proof.undecidable());
        return search(
                given,
                wanted,
                proof.undecidable().isEmpty()
                        ? new SchemaVerdict.Suspect("`" + narrower + "` allows less")
                        : new SchemaVerdict.Undecided("`" + undecidable + "` cannot be compared"));
    }

    private static SchemaVerdict search(JsonSchema given, JsonSchema wanted, SchemaVerdict otherwise) {
        try {
            List<JsonNode> candidates = new Candidates(given, wanted, MOST_CANDIDATES).all();
            return candidates.stream()
                    .sorted(Candidates.shortest())
                    .filter(each -> given.accepts(each) && !wanted.accepts(each))
                    .findFirst()
                    .<SchemaVerdict>map(witness -> new SchemaVerdict.Breaking(witness.toString(), reason(otherwise)))
                    .orElse(otherwise);
        } catch (Parts.Exhausted exhausted) {
            return otherwise;
        }
    }

    private static String reason(SchemaVerdict verdict) {
        return switch (verdict) {
            case SchemaVerdict.Suspect(String reason) -> reason;
            case SchemaVerdict.Undecided(String reason) -> reason;
            case SchemaVerdict.Contained contained -> "";
            case SchemaVerdict.Breaking(String witness, String reason) -> reason;
        };
    }
}
