package dev.fairlead.mechanisms.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.servers.RealServer;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of a group that dies, or is stopped and comes back: another goes on where it was. */
class KafkaGroupTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = 7;
    private static final int ALL = 140;
    private static final int HANDLED_BY_CHILD = 30;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private Fairlead profile;
    private Events<String, Visits.Visit> visits;

    @TempDir
    Path plan;

    @BeforeEach
    void open() throws Exception {
        Visits.writePlan(plan, RealServer.KAFKA.shared().getOrDefault("url", ""));
        profile = Fairlead.open("profile", plan);
        visits = profile.events(Visits.ITEM);
        append(ALL);
    }

    @AfterEach
    void close() {
        profile.close();
    }

    private void append(int number) {
        List<CompletableFuture<?>> appending = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            appending.add(visits.appendAsync("k" + i % KEYS, new Visits.Came("home")));
        }
        appending.forEach(CompletableFuture::join);
    }

    private static Set<String> every(int number) {
        Set<String> every = new HashSet<>();
        for (int i = 0; i < number; i++) {
            every.add("k" + i % KEYS + " " + (i / KEYS + 1));
        }
        return every;
    }

    private Following<String, Visits.Visit> follow(Fairlead billing) {
        return billing.events(Visits.ITEM)
                .follow(FollowingChild.GROUP, Handler.effect(event -> heard.add(FollowingChild.said(event))));
    }

    private static List<String> handled(ChildJvm child) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < HANDLED_BY_CHILD) {
            lines.add(child.line());
        }
        return lines;
    }

    private ChildJvm child() {
        return ChildJvm.of(FollowingChild.class).start(plan.toString(), Integer.toString(HANDLED_BY_CHILD));
    }

    private void awaitHeard(Set<String> wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> Set.copyOf(heard).containsAll(wanted));
    }

    @Test
    void whatAKilledMemberHeldComesToTheNextInTheOrderOfItsKey() {
        List<String> before;
        try (ChildJvm child = child()) {
            before = handled(child);
            child.kill();
        }
        try (Fairlead billing = Fairlead.open("billing", plan)) {
            follow(billing);
            Set<String> rest = every(ALL);
            before.forEach(rest::remove);
            awaitHeard(rest);
        }
        assertThat(every(ALL)).containsAll(before).containsAll(heard);
        Map<String, Long> versions = new HashMap<>();
        for (String each : List.copyOf(heard)) {
            String key = each.substring(0, each.indexOf(' '));
            long version = Long.parseLong(each.substring(key.length() + 1));
            Long last = versions.put(key, version);
            assertThat(last == null || version == last + 1)
                    .as(each + " after " + last)
                    .isTrue();
        }
    }

    @Test
    void aMemberThatWasStoppedHandlesNothingMoreWhenItComesBack() throws Exception {
        try (ChildJvm zombie = child();
                Fairlead billing = Fairlead.open("billing", plan)) {
            List<String> before = handled(zombie);
            zombie.pause();
            Following<String, Visits.Visit> following = follow(billing);
            Set<String> rest = every(ALL);
            before.forEach(rest::remove);
            awaitHeard(rest);
            zombie.resume();

            assertThat(zombie.line()).isEqualTo(FollowingChild.REPLACED);
            append(ALL);
            Set<String> later = every(2 * ALL);
            later.removeAll(every(ALL));
            awaitHeard(later);
            assertThat(following.status().state()).isEqualTo(FollowStatus.State.FOLLOWING);
            zombie.tell();
            assertThat(zombie.line()).as("what the zombie has handled since").isNull();
        }
    }
}
