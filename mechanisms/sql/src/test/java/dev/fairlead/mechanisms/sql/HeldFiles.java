package dev.fairlead.mechanisms.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files of an H2 under {@code held:}, to which nothing is written any more from a moment on: whoever writes waits for ever. H2 makes them. */
public final class HeldFiles extends FilePathWrapper {
    private static final CountDownLatch WRITING = new CountDownLatch(1);
    private static volatile boolean holding;

    static void register() {
        FilePath.register(new HeldFiles());
    }

    /** From now on nothing gets to the files. */
    static void hold() {
        holding = true;
    }

    /** Waits until somebody wants to write. */
    static void awaitWrite() throws InterruptedException {
        WRITING.await();
    }

    @Override
    public String getScheme() {
        return "held";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Held(getBase().open(mode));
    }

    private static final class Held extends FileBaseDefault {
        private final FileChannel file;

        Held(FileChannel file) {
            this.file = file;
        }

        private static void pass() throws IOException {
            if (holding) {
                WRITING.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }

        // Not synchronized: a read does not wait for a write that is held.
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            pass();
            return file.write(from, position);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            pass();
            file.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            pass();
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
