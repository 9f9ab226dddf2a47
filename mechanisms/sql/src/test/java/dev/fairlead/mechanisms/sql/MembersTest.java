package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.member.MemberFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed or stopped; PostgreSQL wakes by hints, MariaDB is polled. */
@ParameterizedClass
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
class MembersTest {
    private final SqlUnderTest own;
    private final MemberFaults faults;

    MembersTest(RealServer kind) {
        own = new SqlUnderTest(Durability.D2, kind.shared());
        faults = new MemberFaults(new SqlProvider(), own.settings());
    }

    @AfterEach
    void end() {
        own.dispose();
    }

    @Test
    void theNextMemberOfAGroupGoesOnWhereTheKilledOneWas() {
        faults.theNextMemberGoesOn();
    }

    @Test
    void whatKilledReceiversHeldComesAgain() {
        faults.whatKilledReceiversHeldComesAgain();
    }

    @Test
    void aZombieChangesNothing() throws Exception {
        faults.aZombieChangesNothing();
    }
}
