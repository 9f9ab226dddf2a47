package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.engine.LogWire.Operation;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Table;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The logs of another process, that serves them with {@link LogServer}; an append waits until it is acknowledged. */
final class DistantLogs implements Mechanism, Log, Table {
    private final String name;
    private final int port;
    private final Runnable beforeAppend;

    /** @param beforeAppend is run before each append goes out */
    DistantLogs(String name, int port, Runnable beforeAppend) {
        this.name = name;
        this.port = port;
        this.beforeAppend = beforeAppend;
    }

    private interface Request {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Answer<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Connection(int port) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                in = LogWire.in(socket);
                out = LogWire.out(socket);
            } catch (IOException e) {
                throw new FairleadException(ErrorCode.UNREACHABLE, "the logs are not served", e);
            }
        }

        synchronized <T> T call(Operation operation, Request request, Answer<T> answer) {
            try {
                out.writeByte(operation.ordinal());
                request.to(out);
                out.flush();
                if (in.readByte() == 0) {
                    return answer.from(in);
                }
                throw new FairleadException(ErrorCode.valueOf(in.readUTF()), in.readUTF());
            } catch (IOException e) {
                throw new FairleadException(ErrorCode.CLOSED, "the connection to the logs is closed", e);
            }
        }

        @Override
        public void close() {
            try {
                socket.close(); // ends a call that waits
            } catch (IOException e) {
                throw new FairleadException(ErrorCode.INTERNAL, "a socket cannot be closed", e);
            }
        }
    }

    private <T> T once(Operation operation, Request request, Answer<T> answer) {
        try (Connection connection = new Connection(port)) {
            return connection.call(operation, request, answer);
        }
    }

    private static boolean nothing(DataInputStream in) {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.KEY_ORDER,
                Capability.REPLAY,
                Capability.KEEP_ALL,
                Capability.KEEP_FOR,
                Capability.LATEST_PER_KEY,
                Capability.LOOKUP,
                Capability.FENCING,
                Capability.HEARTBEAT,
                Capability.GROUP_POSITIONS,
                Capability.SURVIVES_KILL);
    }

    @Override
    public void define(LogDefinition definition) {
        once(Operation.DEFINE, out -> LogWire.writeDefinition(out, definition), DistantLogs::nothing);
    }

    @Override
    public LogWriter claim(String log, String owner) {
        Connection connection = new Connection(port);
        long epoch = connection.call(
                Operation.CLAIM,
                out -> {
                    out.writeUTF(log);
                    out.writeUTF(owner);
                },
                DataInputStream::readLong);
        return new Writer(connection, epoch, beforeAppend);
    }

    @Override
    public LogReader read(String log, int partition, long offset) {
        Connection connection = new Connection(port);
        connection.call(
                Operation.READ,
                out -> {
                    out.writeUTF(log);
                    out.writeInt(partition);
                    out.writeLong(offset);
                },
                DistantLogs::nothing);
        return new Reader(connection, offset);
    }

    @Override
    public LogBounds bounds(String log, int partition) {
        return once(
                Operation.BOUNDS,
                out -> {
                    out.writeUTF(log);
                    out.writeInt(partition);
                },
                LogWire::readBounds);
    }

    @Override
    public int partitions(String log) {
        return once(Operation.PARTITIONS, out -> out.writeUTF(log), DataInputStream::readInt);
    }

    @Override
    public void commit(String log, String group, Position next) {
        once(
                Operation.COMMIT,
                out -> {
                    out.writeUTF(log);
                    out.writeUTF(group);
                    LogWire.writePosition(out, next);
                },
                DistantLogs::nothing);
    }

    @Override
    public Optional<Position> committed(String log, String group, int partition) {
        return once(
                Operation.COMMITTED,
                out -> {
                    out.writeUTF(log);
                    out.writeUTF(group);
                    out.writeInt(partition);
                },
                LogWire::readCommitted);
    }

    @Override
    public Optional<LogRecord> latest(String log, byte[] key) {
        return once(
                Operation.LATEST,
                out -> {
                    out.writeUTF(log);
                    LogWire.writeBytes(out, key);
                },
                in -> LogWire.readRecords(in).stream().findFirst());
    }

    @Override
    public void close() {}

    private record Writer(Connection connection, long epoch, Runnable beforeAppend) implements LogWriter {
        @Override
        public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
            beforeAppend.run();
            try {
                return CompletableFuture.completedFuture(connection.call(
                        Operation.APPEND,
                        out -> {
                            out.writeInt(partition);
                            LogWire.writeEntries(out, entries);
                        },
                        LogWire::readAppended));
            } catch (FairleadException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void resume() {
            connection.call(Operation.RESUME, out -> {}, DistantLogs::nothing);
        }

        @Override
        public long erase(int partition, byte[] key, long below) {
            throw new FairleadException(ErrorCode.CAPABILITY, "nothing is erased from afar");
        }

        @Override
        public void beat(Instant time) {
            connection.call(Operation.BEAT, out -> {}, DistantLogs::nothing);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static final class Reader implements LogReader {
        private final Connection connection;
        private volatile long next;

        Reader(Connection connection, long next) {
            this.connection = connection;
            this.next = next;
        }

        @Override
        public LogBatch poll(int maxRecords, Duration wait) {
            return connection.call(
                    Operation.POLL,
                    out -> {
                        out.writeInt(maxRecords);
                        LogWire.writeDuration(out, wait);
                    },
                    in -> {
                        LogBatch batch = LogWire.readBatch(in);
                        next = in.readLong();
                        return batch;
                    });
        }

        @Override
        public long next() {
            return next;
        }

        @Override
        public void seek(long offset) {
            connection.call(Operation.SEEK, out -> out.writeLong(offset), DistantLogs::nothing);
            next = offset;
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
