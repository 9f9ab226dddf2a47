package dev.fairlead.examples.store;

import dev.fairlead.api.Erasure;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Printed;
import dev.fairlead.examples.demo.Story;
import dev.fairlead.spi.Capability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A customer who has bought asks to be forgotten: every holder says that it has erased its part, no file and no log of the landscape's data holds
 * a word of the customer, and the ledger keeps the sales. To be played last, since what it takes cannot be played again.
 */
final class ErasureStory implements Story {
    static final String NAME = "erasedCustomerIsNowhere";

    private static final String NOBODY = "";

    /**
     * What was seen.
     *
     * @param customer who was erased; empty when nobody had bought
     * @param sales the customer's
     * @param before how many files and logs held something of the customer
     * @param after those that still do
     * @param holders how many had something to erase
     * @param missing those that have not said that it is done
     * @param copies what the copies show of the customer
     * @param booked how many of the sales the ledger keeps
     * @param addressed for how many parcels the name of the addressee is still there
     */
    record Seen(
            String customer,
            int sales,
            int before,
            List<String> after,
            int holders,
            List<String> missing,
            List<String> copies,
            int booked,
            int addressed) {}

    private final Stage stage;
    private final StoreLandscape landscape;

    ErasureStory(Stage stage) {
        this.stage = stage;
        this.landscape = stage.landscape();
    }

    /** Why it cannot be played on what carries the items here; empty when it can. */
    Optional<String> hindrance() {
        Stream<String> logs = Stream.of(ProfileService.PROFILE, Sale.ITEM.id(), Payment.ITEM.id())
                .filter(item -> !can(item, Capability.ERASE));
        Stream<String> queues =
                Stream.of(BillingService.CHARGE.id()).filter(item -> !can(item, Capability.ERASE_MESSAGES));
        return Stream.concat(logs, queues)
                .findFirst()
                .map(item -> landscape.services().carrier(item).name() + " cannot erase " + item);
    }

    private boolean can(String item, Capability capability) {
        return landscape.services().carrier(item).capabilities().contains(capability);
    }

    @Override
    public String sentence() {
        return "A customer asks to be forgotten: profile, copies, outbox, logs and everyone who follows erase their part, and the ledger keeps the sales.";
    }

    @Override
    public DemoResult.Check play() throws InterruptedException {
        stage.hush();
        Map.Entry<String, List<String>> chosen = buyers().entrySet().stream()
                .min((one, other) -> one.getValue().size() - other.getValue().size())
                .orElse(Map.entry(NOBODY, List.of()));
        String customer = chosen.getKey();
        List<String> sales = chosen.getValue();
        if (sales.isEmpty()) {
            return judge(new Seen(NOBODY, 0, 0, List.of(), 0, List.of(), List.of(), 0, 0));
        }
        int before = places(customer).size();
        Supplier<List<Erasure>> erasures = erase(customer, sales);
        stage.patience().until(Stage.LONGEST, () -> erasures.get().stream().allMatch(Erasure::complete));
        List<Erasure> reports = erasures.get();
        return judge(new Seen(
                customer,
                sales.size(),
                before,
                places(customer),
                reports.stream().mapToInt(report -> report.holders().size()).sum(),
                reports.stream().flatMap(report -> report.missing().stream()).toList(),
                shown(customer),
                (int) sales.stream()
                        .filter(landscape.ledger().books().accounts()::containsKey)
                        .count(),
                landscape.shipping().addressed(ProfileService.name(customer, 1))));
    }

    /** The sales of those who have none that is not over. */
    private Map<String, List<String>> buyers() {
        Map<String, List<String>> buyers = new TreeMap<>();
        Set<String> busy = new HashSet<>();
        landscape.checkout().all().forEach((saleId, sale) -> {
            String customer = sale.customerId();
            if (customer != null) {
                buyers.computeIfAbsent(customer, none -> new ArrayList<>()).add(saleId);
                if (!sale.isOver()) {
                    busy.add(customer);
                }
            }
        });
        buyers.keySet().removeAll(busy);
        return buyers;
    }

    /** The owners erase, one after the other; what they report is asked for anew each time. */
    private Supplier<List<Erasure>> erase(String customer, List<String> sales) {
        landscape.profile().owner().erase(customer);
        for (String sale : sales) {
            landscape.billing().forget(sale);
            landscape.checkout().sales().erase(sale);
        }
        return () -> Stream.of(
                        landscape.profile().owner().erasures(),
                        landscape.billing().payments().erasures(),
                        landscape.checkout().sales().erasures())
                .flatMap(List::stream)
                .toList();
    }

    private List<String> shown(String customer) {
        return landscape.follows().stream()
                .filter(follows -> follows.copy().snapshot().values().containsKey(customer))
                .map(Follows::reader)
                .toList();
    }

    /** The files and logs that hold the customer's name, address, or number beside anything else; the number alone names what was erased. */
    private List<String> places(String customer) {
        List<String> words = List.of(
                ProfileService.name(customer, 1),
                ProfileService.email(customer),
                "\"customerId\":\"" + customer + "\"");
        return new Traces(landscape.services(), stage.folder().resolve("data")).of(words);
    }

    static DemoResult.Check judge(Seen seen) {
        List<String> faults = new ArrayList<>();
        seen.after().forEach(file -> faults.add(file + " still holds something of the customer"));
        seen.missing().forEach(holder -> faults.add(holder + " has not erased"));
        seen.copies().forEach(copy -> faults.add("the copy of " + copy + " still shows the customer"));
        if (seen.booked() != seen.sales()) {
            faults.add(Printed.text("the ledger keeps %d of %d sales", seen.booked(), seen.sales()));
        }
        if (seen.addressed() > 0) {
            faults.add(seen.addressed() + " parcels still carry the name");
        }
        if (seen.before() == 0 || seen.holders() == 0) {
            faults.add("there was nothing to erase");
        }
        String detail = faults.isEmpty()
                ? Printed.text(
                        "customer %s: in %d files and logs before and in none after, %d holders have erased, the ledger keeps %s",
                        seen.customer(),
                        seen.before(),
                        seen.holders(),
                        seen.sales() == 1 ? "the sale" : "the " + seen.sales() + " sales")
                : String.join("; ", faults.subList(0, Math.min(3, faults.size())));
        return new DemoResult.Check(NAME, faults.isEmpty(), detail);
    }
}
