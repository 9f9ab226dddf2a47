package dev.fairlead.mechanisms.redis;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.member.MemberFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed or stopped. */
@ParameterizedClass
@EnumSource(names = {"REDIS", "VALKEY"})
class MembersTest {
    private final RedisUnderTest own;
    private final MemberFaults faults;

    MembersTest(RealServer kind) {
        own = new RedisUnderTest(kind.shared());
        faults = new MemberFaults(new RedisProvider(), own.settings());
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
