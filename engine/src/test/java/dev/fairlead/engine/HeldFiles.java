package dev.fairlead.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files of H2 ({@code jdbc:h2:held:/path}) whose next write, once that is said, never comes to its end. */
public final class HeldFiles extends FilePathWrapper {
    static final String SCHEME = "held";
    private static final AtomicBoolean HOLD = new AtomicBoolean();
    private static final CountDownLatch HELD = new CountDownLatch(1);

    static void register() {
        FilePath.register(new HeldFiles());
    }

    static void holdNextWrite() {
        HOLD.set(true);
    }

    static void awaitHeld() throws InterruptedException {
        HELD.await();
    }

    /** Whether the thread stands in a commit of H2. */
    static boolean isAwaitedBy(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.h2.mvstore.")
                                && frame.getMethodName().equals("commit"));
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Held(getBase().open(mode));
    }

    private static final class Held extends FileBaseDefault {
        private final FileChannel base;

        Held(FileChannel base) {
            this.base = base;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            if (HOLD.get()) {
                HELD.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Runtime.getRuntime().halt(4);
                }
            }
            return base.write(from, position);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return base.read(to, position);
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            base.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            base.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
