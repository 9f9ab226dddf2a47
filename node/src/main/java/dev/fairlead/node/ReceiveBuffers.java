package dev.fairlead.node;

import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * The server's buffers, of which those on the heap serve once; what comes by HTTP/1.1 is read into such.
 *
 * <p>Jetty may go on reading a connection that it has refused into a buffer that it has given back (a release that comes twice is its open
 * issue 12939). From a pool that buffer would be another connection's by then, and bytes of one caller would stand in the call of another.
 */
final class ReceiveBuffers extends ByteBufferPool.Wrapper {
    private final ByteBufferPool once = new ByteBufferPool.NonPooling();

    ReceiveBuffers() {
        super(new ArrayByteBufferPool());
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return direct ? super.acquire(size, true) : once.acquire(size, false);
    }
}
