package dev.fairlead.examples.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Shows the scene a few times a second, until it is interrupted. */
public final class Looks implements Runnable {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final Display display;
    private final Supplier<Scene> scene;

    public Looks(Display display, Supplier<Scene> scene) {
        this.display = display;
        this.scene = scene;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            display.look(scene.get());
            LockSupport.parkNanos(PAUSE);
        }
    }
}
