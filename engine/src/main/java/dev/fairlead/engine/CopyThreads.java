package dev.fairlead.engine;

import java.util.ArrayList;
import java.util.List;

/** The threads of one copy: started together, ended together. */
final class CopyThreads implements AutoCloseable {
    private final String name;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();

    CopyThreads(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized void start(String role, Runnable work) {
        threads.add(Thread.ofPlatform()
                .daemon()
                .name("fairlead " + name + " " + role)
                .start(work));
    }

    synchronized void onClose(Runnable closer) {
        closers.add(closer);
    }

    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closers.forEach(Runnable::run);
            running = List.copyOf(threads);
            threads.clear();
        }
        running.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
    }
}
