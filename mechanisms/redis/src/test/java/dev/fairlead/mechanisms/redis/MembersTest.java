package dev.fairlead.mechanisms.redis;

import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.member.MemberFaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that are killed or stopped. */
class MembersTest {
    private final RedisUnderTest own = new RedisUnderTest(RealServer.REDIS.shared());
    private final MemberFaults faults = new MemberFaults(new RedisProvider(), own.settings());

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
