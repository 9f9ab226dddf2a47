package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.Closed;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** An application on Spring's transactions, which Fairlead knows nothing of. */
@Timeout(60)
class SpringTransactionTest {
    @TempDir
    static Path folder;

    /** The application's service; the proxy that begins the transactions is a subclass. */
    static class Checkout {
        private final DataSource database;
        private final Outbox<String, Sale> outbox;

        Checkout(DataSource database, Outbox<String, Sale> outbox) {
            this.database = database;
            this.outbox = outbox;
        }

        @Transactional
        public void sell(String sale, int quantity) {
            new JdbcTemplate(database).update("INSERT INTO sales VALUES (?, ?)", sale, quantity);
            outbox.append(DataSourceUtils.getConnection(database), sale, new ItemAdded("sku", quantity));
            if (quantity > 100) {
                throw new IllegalArgumentException("too many");
            }
        }

        /** For code that knows JDBC alone: the proxy gives the connection of the transaction, and close leaves it open. */
        @Transactional
        public void close(String sale) throws SQLException {
            try (Connection connection = new TransactionAwareDataSourceProxy(database).getConnection()) {
                outbox.append(connection, sale, new Closed());
            }
        }

        public void forgetTheTransaction(String sale) {
            outbox.append(DataSourceUtils.getConnection(database), sale, new Closed());
        }
    }

    @Configuration
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {
        @Bean
        DataSource database() {
            DataSource database = Databases.H2.create();
            Databases.execute(database, "CREATE TABLE sales (sale varchar(20) PRIMARY KEY, quantity int)");
            return database;
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Fairlead fairlead() {
            return SalePlan.open("checkout", SalePlan.in(folder, "D1"), TimeSource.SYSTEM);
        }

        @Bean
        Outbox<String, Sale> outbox(Fairlead fairlead, DataSource database) {
            return fairlead.events(SalePlan.SALES).outbox(database);
        }

        @Bean
        Checkout checkout(DataSource database, Outbox<String, Sale> outbox) {
            return new Checkout(database, outbox);
        }
    }

    @Test
    void anEventSharesTheTransactionOfASpringServiceAndItsFate() throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class);
                Fairlead shipping = SalePlan.open("shipping", folder, TimeSource.SYSTEM)) {
            Checkout checkout = context.getBean(Checkout.class);
            Events<String, Sale> sales = context.getBean(Fairlead.class).events(SalePlan.SALES);
            checkout.sell("s1", 1);
            assertThatThrownBy(() -> checkout.sell("s2", 101)).isInstanceOf(IllegalArgumentException.class);
            checkout.close("s1");
            checkout.sell("s3", 3);

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> sales.read(sales.oldest(), 10).records().size() == 3);
            assertThat(OutboxTest.log(sales))
                    .isEqualTo(Map.of(
                            "s1",
                            List.of(new ItemAdded("sku", 1), new Closed()),
                            "s3",
                            List.of(new ItemAdded("sku", 3))));
            assertThatThrownBy(() -> checkout.forgetTheTransaction("s1"))
                    .isInstanceOfSatisfying(
                            FairleadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION))
                    .hasMessageContaining("let your framework begin a transaction");

            DataSource database = context.getBean(DataSource.class);
            Databases.execute(database, "CREATE TABLE shipped (sale varchar(20), version bigint)");
            shipping.events(SalePlan.SALES)
                    .follow(
                            "labels",
                            Handler.transactional(
                                    database,
                                    (connection, happened) -> new JdbcTemplate(
                                                    new SingleConnectionDataSource(connection, true))
                                            .update(
                                                    "INSERT INTO shipped VALUES (?, ?)",
                                                    happened.key(),
                                                    happened.version())));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(Databases.query(
                                    database, "SELECT sale, version FROM shipped ORDER BY sale, version"))
                            .containsExactly("s1 1", "s1 2", "s3 1"));
        }
    }
}
