package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private static final String PLAN = """
            service: shop
            shares:
              price: { kind: state, key: sku, fields: { sku: string, amount: "decimal(12,2)" } }
              sale: { kind: event, key: saleId, events: { Done: { saleId: string } } }
            """;

    @TempDir
    Path folder;

    private Path plan;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        plan = Files.createDirectory(folder.resolve("plan"));
        out = folder.resolve("out");
        Files.writeString(plan.resolve("shop.yaml"), PLAN);
    }

    @Test
    void writesEachFileOnce() {
        CommandRun first = generate();
        CommandRun second = generate();

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("wrote " + out.resolve("shop/java/generated/shop/Sale.java"));
        assertThat(second).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void checkSaysWhatIsOutOfDateAndWritesNothing() throws IOException {
        generate();
        assertThat(generate("--check").exitCode()).isZero();
        Files.writeString(plan.resolve("shop.yaml"), PLAN.replaceAll("(?m)^ +sale:.*\\n", ""));

        CommandRun checked = generate("--check");

        assertThat(checked.exitCode()).isOne();
        assertThat(checked.out())
                .contains("would write " + out.resolve("shop/java/generated/shop/Items.java"))
                .contains("would remove " + out.resolve("shop/java/generated/shop/Sale.java"));
        assertThat(out.resolve("shop/java/generated/shop/Sale.java")).exists();

        assertThat(generate().out()).contains("removed " + out.resolve("shop/java/generated/shop/Sale.java"));
        assertThat(out.resolve("shop/java/generated/shop/Sale.java")).doesNotExist();
    }

    @Test
    void aChangedFileStopsIt() throws IOException {
        generate();
        Path changed = out.resolve("shop/java/generated/shop/Price.java");
        Files.writeString(changed, "mine");

        CommandRun run = generate();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(changed + " was changed since it was generated (move it elsewhere");
        assertThat(changed).hasContent("mine");
        assertThat(generate("--check").exitCode()).isOne();
    }

    @Test
    void makesOnlyWhatWasChosen() {
        CommandRun run = generate("--only", "sql,json-schema", "--service", "shop");

        assertThat(run.exitCode()).isZero();
        assertThat(out.resolve("shop")).isDirectoryContaining("glob:**/{sql,json-schema}");
        assertThat(out.resolve("shop/java")).doesNotExist();
    }

    @Test
    void wrongWordsAreSaidWithTheRightOnes() {
        assertThat(generate("--only", "avro").err()).contains("'avro' is no output (use some of json-schema, asyncapi");
        assertThat(generate("--service", "stop").err()).contains("no service stop for --service (it has shop)");
        assertThat(generate("--package", "com.new").err()).contains("--package: not the name of a Java package");
        assertThat(generate("--package", "com.new").exitCode()).isEqualTo(2);
    }

    @Test
    void aPlanWithFaultsMakesNothing() throws IOException {
        Files.writeString(plan.resolve("shop.yaml"), PLAN + "needss: { }\n");

        CommandRun run = generate();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("shop.yaml:5:1: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderWhereThereIsAFileIsSaid() throws IOException {
        Files.writeString(out, "a file");

        CommandRun run = generate();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(out.toString()).contains("was not generated");
        assertThat(out).hasContent("a file");
    }

    private CommandRun generate(String... options) {
        Object[] arguments = new Object[options.length + 4];
        arguments[0] = "generate";
        arguments[1] = plan;
        arguments[2] = "--out";
        arguments[3] = out;
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CommandRun.of(arguments);
    }
}
