package dev.fairlead.examples.store;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.examples.demo.DemoResult;
import dev.fairlead.examples.demo.Services;
import dev.fairlead.examples.demo.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field that two of three readers use is renamed in the owner's plan file: nothing opens on that plan, and the two are named. */
final class RenameStory implements Story {
    static final String NAME = "renameRefused";

    private static final String OWNERS_LINE = "      country:    string";
    private static final String RENAMED_LINE = "      land:       string";

    private final Stage stage;

    RenameStory(Stage stage) {
        this.stage = stage;
    }

    @Override
    public String sentence() {
        return "Profile renames the field country to land: no service opens on that plan, and the readers that use it are named.";
    }

    @Override
    public DemoResult.Check play() {
        Path renamed = stage.folder().resolve("renamed");
        Services services = stage.landscape().services();
        int replaced = rename(services.plan(), renamed);
        return judge(replaced, refusal(new Services(renamed, services.mechanisms(), services.time())));
    }

    private static @Nullable FairleadException refusal(Services services) {
        try {
            services.open(BillingService.NAME).close();
            return null;
        } catch (FairleadException e) {
            return e;
        }
    }

    private static int rename(Path plan, Path renamed) {
        try {
            Files.createDirectories(renamed);
            int replaced = 0;
            for (String file : StoreDemo.PLAN) {
                String text = Files.readString(plan.resolve(file));
                String other = file.equals("profile.yaml") ? text.replace(OWNERS_LINE, RENAMED_LINE) : text;
                replaced += other.equals(text) ? 0 : 1;
                Files.writeString(renamed.resolve(file), other);
            }
            return replaced;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DemoResult.Check judge(int replaced, @Nullable FairleadException refusal) {
        List<String> named = new ArrayList<>();
        if (refusal != null) {
            for (String file : StoreDemo.PLAN) {
                if (String.valueOf(refusal.getMessage()).contains(file + ":")) {
                    named.add(file);
                }
            }
        }
        boolean passed = replaced == 1
                && refusal != null
                && refusal.code() == ErrorCode.PLAN
                && String.valueOf(refusal.getMessage()).contains("country")
                && named.equals(List.of("billing.yaml", "shipping.yaml"));
        String detail = refusal == null
                ? "billing opened on the changed plan"
                : "refused with " + refusal.code() + ", naming " + String.join(" and ", named);
        return new DemoResult.Check(NAME, passed, detail);
    }
}
