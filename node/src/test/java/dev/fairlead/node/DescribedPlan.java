package dev.fairlead.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan with every kind of item, every type of field, keys of several types, and names that other languages reserve. */
final class DescribedPlan {
    private static final String SHOP = """
            service: shop
            clearance: restricted
            shares:
              string:
                kind: state
                key: select
                fields:
                  select:    string
                  class:     { type: string, class: personal }
                  order:     { type: "decimal(12,2)", currency: EUR, unit: "kg <b>" }
                  is:        bool
                  count:     "int32?"
                  total:     { type: int64, default: "7" }
                  ratio:     float64
                  at:        instant
                  day:       "date?"
                  took:      duration
                  id:        uuid
                  raw:       bytes
                  status:    "enum(in-transit, 30-days, class)"
                  tags:      list(string?)
                  prices:    map(decimal(9,3))
                  grid:      list(list(int64))
                  inner:     "record(Duration: duration, string: string?)"
                  payment:
                    type: union
                    discriminator: kind
                    variants:
                      Card:       { number: { type: string, class: restricted } }
                      on-account: { until: "date?" }
                      Nothing:    { }
              level:
                kind: state
                key: number
                fields: { number: int64, note: "string?" }
              region:
                kind: state
                key: region
                fields: { region: "enum(north-west, default)", note: "string?" }
              sale:
                kind: event
                key: saleId
                events:
                  ItemAdded: { sku: string, quantity: int32, currency: "enum(EUR, USD)" }
                  2nd-try:   { saleId: string, sequence: int64 }
                  page:      { text: "string?" }
              quote:
                kind: request
                question: { sku: string, quantity: int32, assert: "bool?" }
                answer:   { amount: "decimal(12,2)", currency: "enum(EUR, USD)", goto: "string?" }
                deadline: 20s
                idempotent: true
              submit-card:
                kind: request
                delivery: guaranteed
                question: { saleId: string, amount: "decimal(12,2)" }
                when-failing: { attempts: 9, first-delay: 1ms, longest-delay: 1ms }
            """;

    private static final String READER = """
            service: reader
            clearance: restricted
            needs:
              shop.string:
                uses: [ select, order, payment ]
                by: [ select, order ]
                within: 60s
                why: "a 'reader' with \\"odd\\" words <script>alert(1)</script>"
              shop.sale:
                uses: [ ItemAdded.sku, page ]
                why: stock
              shop.quote:
                uses: [ amount ]
                why: prices
              shop.submit-card:
                why: charges
            """;

    private DescribedPlan() {}

    static Path in(Path folder) {
        try {
            Path plan = Files.createDirectories(folder.resolve("described"));
            Files.writeString(plan.resolve("shop.yaml"), SHOP);
            Files.writeString(plan.resolve("reader.yaml"), READER);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
