package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;

/** A process that puts and erases one key after the other until it is killed, and says which erasures have returned. */
final class ErasingChild {
    record Profile(String customerId, String name, String email, int visits) {}

    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);

    private ErasingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Fairlead fairlead = Opening.of("profile", Path.of(args[0])).open();
        Owner<String, Profile> owner = fairlead.own(PROFILES);
        ParentJvm.sayReady();
        for (int i = Integer.parseInt(args[1]); ; i++) {
            owner.put(new Profile("keep-" + i, "kept", "kept@example.org", i));
            for (int visit = 0; visit < 20; visit++) {
                owner.put(new Profile("k" + i, marker(i), "e", visit));
            }
            owner.erase("k" + i);
            ParentJvm.say(String.valueOf(i));
        }
    }

    /** What stands in every value of a key that is to be erased. */
    static String marker(int number) {
        return "marker<" + number + ">";
    }
}
