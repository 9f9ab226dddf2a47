package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MariaConformanceTest {
    @TestFactory
    Stream<DynamicTest> conforms() {
        Map<String, String> settings = RealServer.MARIADB.shared();
        return ConformanceTests.of(() -> new SqlUnderTest(Durability.D2, settings));
    }
}
