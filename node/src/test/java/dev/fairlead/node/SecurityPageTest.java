package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.AccessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityPageTest {
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    @Test
    void theAccessFileOfThePageCanBeRead(@TempDir Path folder) throws IOException {
        Matcher shown = SHOWN.matcher(Files.readString(RouteListTest.docs().resolve("security.md")));
        assertThat(shown.find()).isTrue();
        AccessResult read = AccessResult.read(Files.writeString(folder.resolve("access.yaml"), shown.group(1)));

        assertThat(read.findings()).isEmpty();
        assertThat(read.access()).isNotNull();
    }
}
