package dev.fairlead.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DebianPackagesTest {
    private static final String TARGETS = """
            bookworm-updates http://mirror.example/debian/ main
            bookworm http://mirror.example/debian/ main
            bookworm-security http://mirror.example/debian-security/ main
            """;

    @Test
    void backportsComeFromWhereTheReleaseComesFrom() {
        assertThat(DebianPackages.backports("ID=debian\nVERSION_CODENAME=bookworm\n", TARGETS))
                .contains("deb http://mirror.example/debian/ bookworm-backports main\n");
    }

    @Test
    void aReleaseThatNoSourceOffersHasNone() {
        assertThat(DebianPackages.backports("VERSION_CODENAME=trixie\n", TARGETS))
                .isEmpty();
        assertThat(DebianPackages.backports("ID=debian\n", TARGETS)).isEmpty();
        assertThat(DebianPackages.backports("VERSION_CODENAME=bookworm\n", "E: Unknown"))
                .isEmpty();
    }
}
