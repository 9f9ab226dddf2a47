package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.member.MemberFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that are killed or stopped; what decides is SQL of every dialect, and PostgreSQL wakes by hints as well. */
class MembersTest {
    private final SqlUnderTest own = new SqlUnderTest(Durability.D2, RealServer.POSTGRESQL.shared());
    private final MemberFaults faults = new MemberFaults(new SqlProvider(), own.settings());

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
