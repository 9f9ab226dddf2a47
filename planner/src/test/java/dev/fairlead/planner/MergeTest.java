package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
    private static final String OWNER = """
            service: profile
            shares:
              profile:
                kind: state
                key: id
                fields:
                  id: string
                  name: string
                  email: { type: string, class: personal }
              moved:
                kind: event
                key: id
                events:
                  Moved: { street: string, phone: { type: string, class: personal } }
            """;

    @TempDir
    private Path folder;

    private PlanFolder plan;

    @BeforeEach
    void writeTheOwner() {
        plan = new PlanFolder(folder).with("profile.yaml", OWNER);
    }

    private PlanFolder reader(String needs) {
        return plan.with("reader.yaml", "service: reader\nneeds:\n" + needs.indent(2));
    }

    @Test
    void acceptsANeedOfFieldsThatAreThere() {
        assertThat(reader("profile.profile: { uses: [ id, name ], within: 5s }").lines())
                .isEmpty();
    }

    @Test
    void refusesANeedOfAnItemThatNobodyShares() {
        assertThat(reader("profile.profil: { }").lines())
                .containsExactly("reader.yaml:3:3: nobody shares `profile.profil` (did you mean `profile.profile`?)");
    }

    @Test
    void refusesANeedOfAFieldThatTheItemDoesNotHave() {
        assertThat(reader("profile.profile: { uses: [ id, nmae, street ] }").lines())
                .containsExactly(
                        "reader.yaml:3:34: `profile.profile` has no field `nmae` (did you mean `name`?)",
                        "reader.yaml:3:40: `profile.profile` has no field `street` (known here: id, name, email)");
    }

    @Test
    void namesEventsAndTheirFields() {
        assertThat(reader("profile.moved: { uses: [ Moved.street ] }").lines()).isEmpty();
        assertThat(reader("profile.moved: { uses: [ Moved.stret, Gone ] }").lines())
                .containsExactly(
                        "reader.yaml:3:28: `profile.moved` has no field `Moved.stret` (did you mean `Moved.street`?)",
                        "reader.yaml:3:41: `profile.moved` has no field `Gone` (known here: Moved, Moved.street,"
                                + " Moved.phone)");
    }

    @Test
    void refusesANeedOfOnesOwnItem() {
        plan.with("profile.yaml", OWNER + "needs:\n  profile.profile: { }\n");

        assertThat(plan.lines())
                .containsExactly("profile.yaml:16:3: `profile` owns `profile.profile` and cannot need it (remove the"
                        + " need: an owner reads its own data)");
    }

    @Test
    void refusesTwoFilesForOneService() {
        plan.with("profile2.yaml", "service: profile\n");

        assertThat(plan.rules()).containsExactly("duplicate-service 1:10");
        assertThat(plan.lines())
                .singleElement()
                .asString()
                .startsWith("profile2.yaml:1:10: the service `profile` is already in ")
                .endsWith("/profile.yaml (one file per service: join them)".substring(1));
    }

    @Test
    void refusesTwoOwnersOfOneItem() {
        plan.with("profile2.yaml", OWNER);

        assertThat(plan.rules()).containsExactly("duplicate-service 1:10", "two-owners 3:3", "two-owners 10:3");
    }

    @Test
    void refusesAServiceThatSharesTheItemOfAnother() {
        plan.with("thief.yaml", "service: thief\nshares:\n  profile.profile: { kind: state }\n");

        assertThat(plan.lines())
                .containsExactly("thief.yaml:3:3: the item `profile.profile` belongs to `profile`, and an item has one"
                        + " owner (share an item of its own, or need that one)");
    }

    @Test
    void judgesAReaderThatIsNotClearedForWhatItUses() {
        PlanFolder read = reader("profile.profile: { uses: [ id, email ] }");

        assertThat(read.lines())
                .containsExactly(
                        "reader.yaml:3:34: `email` of `profile.profile` is personal, but `reader` is cleared for"
                                + " internal (leave it out of `uses`, or raise `clearance`)");
        assertThat(read.rules()).containsExactly("class-above-clearance 3:34");
        assertThat(read.read().plan()).as("the plan can be read all the same").isNotNull();
    }

    @Test
    void judgesAReaderThatUsesEverythingBecauseItDoesNotSay() {
        assertThat(reader("profile.profile: { }").rules()).containsExactly("class-above-clearance 3:3");
        assertThat(reader("profile.moved: { }").rules()).containsExactly("class-above-clearance 3:3");
    }

    @Test
    void acceptsAReaderThatIsCleared() {
        plan.with("reader.yaml", "service: reader\nclearance: personal\nneeds:\n  profile.profile: { within: 5s }\n");

        assertThat(plan.lines()).isEmpty();
    }

    @Test
    void onlyOfEventsSomethingMayBeUnknown() {
        assertThat(reader("profile.moved: { uses: [ Moved.street ], when-unknown: skip }")
                        .rules())
                .noneMatch(rule -> rule.startsWith("misplaced-key"));
        assertThat(reader("profile.profile: { uses: [ id ], when-unknown: skip, within: 1s }")
                        .rules())
                .anyMatch(rule -> rule.startsWith("misplaced-key"));
    }

    @Test
    void refusesToConflateWhatIsNotState() {
        assertThat(reader("profile.moved: { uses: [ Moved.street ], conflate: 100ms }")
                        .rules())
                .containsExactly("misplaced-key 3:3");
        assertThat(reader("profile.profile: { uses: [ id ], conflate: 100ms, within: 1s }")
                        .rules())
                .isEmpty();
    }

    @Test
    void doesNotBlameReadersForAnOwnerThatCannotBeRead() {
        reader("profile.profile: { uses: [ id ] }");
        plan.with("profile.yaml", "service: profile\nshares: [\n");
        assertThat(plan.rules()).containsExactly("syntax 3:1");

        plan.with("profile.yaml", "service: profile\nshares:\n  profile: { kind: stat }\n");
        assertThat(plan.rules()).containsExactly("bad-value 3:20");
    }

    @Test
    void refusesANeedThatIsNoItemsId() {
        assertThat(reader("profile: { }").lines())
                .containsExactly("reader.yaml:3:3: `profile` is not the id of an item (write owner.name, each a small"
                        + " letter, then up to 47 small letters, digits or -)");
    }
}
