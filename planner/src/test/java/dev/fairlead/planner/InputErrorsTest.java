package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault of a single file: its place, what is wrong, what to do. */
class InputErrorsTest {
    @TempDir
    private Path folder;

    private PlanFolder file(String text) {
        return new PlanFolder(folder).with("b.yaml", "service: b\n").with("a.yaml", text);
    }

    private PlanFolder share(String lines) {
        return file("service: a\nshares:\n  item:\n    kind: state\n    key: id\n" + lines.indent(4));
    }

    private PlanFolder need(String lines) {
        share("fields: { id: string, name: string }");
        return new PlanFolder(folder).with("b.yaml", "service: b\nneeds:\n  a.item:\n" + lines.indent(4));
    }

    @Test
    void reportsAllFaultsOfAllFilesAtOnceInOrder() {
        PlanFolder plan = new PlanFolder(folder)
                .with("b.yaml", "service: b\nteem: x\nneeds:\n  a.itm:\n    reads: 400\n")
                .with("a.yaml", "service: a\nshares:\n  item:\n    kind: stat\n    size: 300\n")
                .with("c.yaml", "service: [\n");

        assertThat(plan.lines())
                .containsExactly(
                        "a.yaml:4:11: `kind` cannot be `stat` (did you mean `state`?)",
                        "a.yaml:5:11: `size`: `300` has no unit (write for example 300B, 1.2KB or 1GB)",
                        "b.yaml:2:1: unknown key `teem` in the service (did you mean `team`?)",
                        "b.yaml:4:3: nobody shares `a.itm` (there are none)",
                        "b.yaml:5:12: `reads`: `400` has no unit (write for example 400/s, 5/min, 3k..5k/s, or never,"
                                + " rarely, sometimes, often, constantly)",
                        "c.yaml:2:1: not valid YAML: expected the node content, but found '<stream end>' (check"
                                + " indentation, quotes and brackets here)");
    }

    @Test
    void namesTheNearestKnownKeyAtTheKeysPlace() {
        assertThat(share("fields: { id: string }\nchnages: 5/min").lines())
                .containsExactly("a.yaml:7:5: unknown key `chnages` in share `a.item` (did you mean `changes`?)");
        assertThat(need("whenstale: refuse").lines())
                .containsExactly("b.yaml:4:5: unknown key `whenstale` in need `a.item` (did you mean `when-stale`?)");
        assertThat(share("fields: { id: { type: string, klass: personal } }").lines())
                .containsExactly("a.yaml:6:35: unknown key `klass` in field `id` (did you mean `class`?)");
    }

    @Test
    void listsTheKnownKeysWhenNoneIsNear() {
        assertThat(file("service: a\nzzz: 1\n").lines())
                .containsExactly("a.yaml:2:1: unknown key `zzz` in the service (known here: service, team, context,"
                        + " availability, instances, clearance, shares, needs)");
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        assertThat(file("service: a\nteam: x\nteam: y\n").lines())
                .containsExactly("a.yaml:3:1: the key `team` is there twice, first in line 2 (remove one)");
        assertThat(share("fields: { id: string, id: int32 }").lines())
                .containsExactly("a.yaml:6:27: the key `id` is there twice, first in line 6 (remove one)");
    }

    @Test
    void reportsYamlThatDoesNotParse() {
        assertThat(file("service: a\n team: b\n").lines())
                .containsExactly("a.yaml:2:6: not valid YAML: mapping values are not allowed here (indent the line like"
                        + " its neighbours, or quote a text that holds `: `)");
        assertThat(file("service: a\n\tteam: b\n").rules()).containsExactly("syntax 2:1");
        assertThat(file("service: 'a\n").rules()).containsExactly("syntax 2:1");
    }

    @Test
    void refusesMoreThanOneDocument() {
        assertThat(file("service: a\n---\nservice: b\n").lines())
                .containsExactly(
                        "a.yaml:2:1: a second document begins here (write one service per file, without `---`)");
    }

    @Test
    void refusesTagsThatAreNotPlainData() {
        assertThat(file("service: !!javax.script.ScriptEngineManager [ ]\n").lines())
                .contains("a.yaml:1:10: the tag `tag:yaml.org,2002:javax.script.ScriptEngineManager` is not allowed"
                        + " (remove it; a plan is plain data)");
        assertThat(file("service: !!str a\n").rules()).isEmpty();
    }

    @Test
    void refusesAFileWithoutAService() {
        assertThat(file("team: x\n").lines())
                .containsExactly("a.yaml:1:1: the service has no `service` (begin the file with service: name)");
        assertThat(file("- a\n").lines())
                .containsExactly("a.yaml:1:1: the service needs keys and values, but this is a list (write `key: value`"
                        + " lines, or { })");
        assertThat(file("").lines())
                .containsExactly("a.yaml:1:1: the file is empty (write at least `service: name`, or remove it)");
    }

    @Test
    void refusesNamesThatNotEveryMechanismCanCarry() {
        assertThat(file("service: Profile\n").lines())
                .containsExactly("a.yaml:1:10: `Profile` cannot name a service (use a small letter, then up to 47 small"
                        + " letters, digits or -)");
        assertThat(file("service: con\n").lines())
                .containsExactly("a.yaml:1:10: `con` cannot name a service (Windows reserves it; take another)");
        assertThat(file("service: " + "a".repeat(49) + "\n").rules()).containsExactly("bad-name 1:10");
        assertThat(file("service: a\nshares:\n  ../x: { kind: state }\n").rules())
                .containsExactly("bad-name 3:3");
        assertThat(share("fields: { id: string, 1st: string }").rules()).containsExactly("bad-name 6:27");
    }

    @Test
    void refusesControlCharactersAndShowsThemEscaped() {
        assertThat(file("service: \"a\\r\\nSet-Cookie: x\"\n").lines())
                .singleElement()
                .asString()
                .startsWith("a.yaml:1:10: `a\\u000d\\u000aSet-Cookie: x` cannot name a service");
        assertThat(file("service: a\nteam: x\u0007\n").lines())
                .containsExactly("a.yaml:2:8: the character `\\u0007` may not be in a plan (remove it)");
    }

    @Test
    void pointsIntoTheTextOfATypeThatDoesNotParse() {
        assertThat(share("fields: { id: string, tags: list(strnig) }").lines())
                .singleElement()
                .asString()
                .startsWith("a.yaml:6:38: unknown type `strnig` (use string, bool,");
        assertThat(share("fields:\n  id: 'strin'\n").rules()).containsExactly("bad-type 7:12");
        assertThat(share("fields: { id: string, name: }").rules()).containsExactly("bad-type 6:32");
        assertThat(share("fields: { id: string, name: { class: personal } }").lines())
                .containsExactly("a.yaml:6:27: field `name` has no `type` (add it, for example type: string)");
    }

    @Test
    void checksTheKeyOfAStateItem() {
        assertThat(share("fields: { ident: string }").lines())
                .containsExactly("a.yaml:5:10: the key `id` is not one of the fields (known here: ident)");
        assertThat(share("fields: { id: float64 }").lines())
                .containsExactly(
                        "a.yaml:5:10: the field `id` of type float64 cannot be the key (a key is string, int32,"
                                + " int64, uuid or enum, and not optional)");
        assertThat(share("fields: { id: string? }").rules()).containsExactly("bad-key-field 5:10");
        assertThat(share("fields: { id: enum(a, b) }").rules()).isEmpty();
        assertThat(file("service: a\nshares:\n  item: { kind: state, fields: { id: uuid } }\n")
                        .lines())
                .containsExactly(
                        "a.yaml:3:3: share `a.item` has no `key` (name the field that tells the values apart)");
    }

    @Test
    void refusesReservedNamesThatComeBack() {
        assertThat(share("fields: { id: string, login: string }\nreserved: [ login ]")
                        .lines())
                .containsExactly("a.yaml:6:27: the name `login` is reserved: it was removed and may not come back (take"
                        + " another)");
    }

    @Test
    void refusesKeysOfAnotherKind() {
        assertThat(share("fields: { id: string }\ndeadline: 5s").lines())
                .containsExactly("a.yaml:7:5: `deadline` does not belong to a share of kind state (remove it, or change"
                        + " the kind)");
        assertThat(file("service: a\nshares:\n  e: { kind: event, key: k, fields: { k: string } }\n")
                        .rules())
                .containsExactly("missing-key 3:3", "misplaced-key 3:29");
        assertThat(
                        file("service: a\nshares:\n  q: { kind: request, question: { }, delivery: guaranteed, answer: { } }\n")
                                .rules())
                .containsExactly("misplaced-key 3:68");
        assertThat(file("service: a\nshares:\n  q: { kind: request, question: { } }\n")
                        .lines())
                .containsExactly("a.yaml:3:3: share `a.q` has no `answer` (name its fields, or add delivery: guaranteed"
                        + " when nobody waits)");
    }

    @Test
    void refusesWordsThatAreNotAllowed() {
        assertThat(share("fields: { id: string }\ndurability: D9").lines())
                .containsExactly("a.yaml:7:17: `durability` cannot be `D9` (use one of D0, D1, D2, D3, D4)");
        assertThat(share("fields: { id: string }\nlifecycle: actve").lines())
                .containsExactly("a.yaml:7:16: `lifecycle` cannot be `actve` (did you mean `active`?)");
        assertThat(share("fields: { id: string }\nenvelope: xml").lines())
                .containsExactly("a.yaml:7:15: `envelope` cannot be `xml` (use one of packed, cloudevents)");
        assertThat(need("when-stale: maybe").lines())
                .containsExactly("b.yaml:4:17: `when-stale` cannot be `maybe` (use one of refuse, serve, ask-owner)");
        assertThat(file("service: a\nshares:\n  q: { kind: request, question: { }, answer: { }, idempotent: yes }\n")
                        .lines())
                .containsExactly("a.yaml:3:63: `idempotent` cannot be `yes` (use one of true, false)");
    }

    @Test
    void refusesQuantitiesOutOfRange() {
        assertThat(file("service: a\navailability: 120%\n").lines())
                .containsExactly("a.yaml:2:15: `availability` is more than 100% (write a percentage up to 100%)");
        assertThat(share("fields: { id: string }\nkeys: 0").lines())
                .containsExactly("a.yaml:7:11: `keys` must be more than 0 (leave it out if unknown)");
        assertThat(need("conflate: 0s").rules()).containsExactly("bad-quantity 4:15");
        assertThat(need("within: soon").lines())
                .containsExactly(
                        "b.yaml:4:13: `within`: `soon` is not a duration (write for example 300ms, 5s, 10min, 2h"
                                + " or 90d)");
    }

    @Test
    void refusesValuesOfTheWrongForm() {
        assertThat(need("uses: name").lines())
                .containsExactly("b.yaml:4:11: `uses` needs a list, but this is `name` (write [ a, b ])");
        assertThat(need("uses: [ ]").lines())
                .containsExactly("b.yaml:4:11: `uses` is empty (name the fields, or leave it out to use all)");
        assertThat(need("uses: [ name, name ]").lines())
                .containsExactly("b.yaml:4:19: `name` is in `uses` twice (remove one)");
        assertThat(need("why: [ x ]").lines())
                .containsExactly("b.yaml:4:10: `why` needs one value, but this is a list (write it after the colon)");
        assertThat(need("why:").lines())
                .containsExactly("b.yaml:4:9: `why` needs one value, but this is empty (write it after the colon)");
        assertThat(need("why: " + "x".repeat(1001)).rules()).containsExactly("too-large 4:10");
    }

    @Test
    void asksForTheReasonOfAPinnedMechanism() {
        assertThat(need("mechanism: embedded").lines())
                .containsExactly(
                        "b.yaml:4:16: `mechanism: embedded` pins a choice without a reason (add `because: …`)");
        assertThat(need("because: of that").rules()).containsExactly("misplaced-key 4:14");
        assertThat(need("mechanism: kafak\nbecause: x").lines())
                .containsExactly("b.yaml:4:16: `mechanism` cannot be `kafak` (did you mean `kafka`?)");
    }

    @Test
    void reportsAnAliasedValueWhereItIsUsed() {
        assertThat(file("service: a\nteam: &x 5m\nshares:\n  e: { kind: event, key: k, events: { E: { } },"
                                + " retention: *x }\n")
                        .rules())
                .containsExactly("bad-quantity 4:60");
    }

    @Test
    void countsColumnsInCharactersAndLinesByAnyLineEnd() {
        assertThat(file("service: a\r\nteam: \"🙂\"\r\nshares: { \"🙂🙂\": { } }\r\n")
                        .rules())
                .containsExactly("bad-name 3:11");
    }
}
