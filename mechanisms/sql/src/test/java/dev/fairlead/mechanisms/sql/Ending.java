package dev.fairlead.mechanisms.sql;

import dev.fairlead.servers.ServerProcess;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** How a server ends. */
enum Ending {
    /** At once, with SIGKILL. */
    KILLED {
        @Override
        void of(ServerProcess server) {
            server.kill();
        }
    },
    /** In order, with SIGTERM. */
    STOPPED {
        @Override
        void of(ServerProcess server) throws IOException {
            server.stop();
        }
    };

    abstract void of(ServerProcess server) throws IOException;

    /** Each of them so many times, in turn. */
    static List<Ending> inTurn(int times) {
        return Collections.nCopies(times, List.of(values())).stream()
                .flatMap(List::stream)
                .toList();
    }
}
