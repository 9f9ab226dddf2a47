package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Table;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the logs of this process to {@link DistantLogs} in other ones, as a broker would. Each connection has at most one writer or reader,
 * which ends with it.
 */
final class LogServer<M extends Log & Table> implements AutoCloseable {
    private final M logs;
    private final ServerSocket server;

    LogServer(M logs) {
        this.logs = logs;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("log server").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().name("log server for one").start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Session session = new Session()) {
            DataInputStream in = LogWire.in(client);
            DataOutputStream out = LogWire.out(client);
            for (int operation = in.read(); operation >= 0; operation = in.read()) {
                session.answer(LogWire.Operation.values()[operation], in, out);
                out.flush();
            }
        } catch (IOException e) {
            // the other process is gone
        }
    }

    /** What one connection has open. */
    private final class Session implements AutoCloseable {
        private @Nullable LogWriter writer;
        private @Nullable LogReader reader;

        private LogWriter writer() {
            return Objects.requireNonNull(writer);
        }

        private LogReader reader() {
            return Objects.requireNonNull(reader);
        }

        void answer(LogWire.Operation operation, DataInputStream in, DataOutputStream out) throws IOException {
            LogWire.Answer answer;
            try {
                answer = switch (operation) {
                    case DEFINE -> {
                        logs.define(LogWire.readDefinition(in));
                        yield LogWire.NOTHING;
                    }
                    case CLAIM -> {
                        writer = logs.claim(in.readUTF(), in.readUTF());
                        long epoch = writer().epoch();
                        yield to -> to.writeLong(epoch);
                    }
                    case APPEND ->
                        LogWire.appended(writer().append(in.readInt(), LogWire.readEntries(in))
                                .join());
                    case RESUME -> {
                        writer().resume();
                        yield LogWire.NOTHING;
                    }
                    case BEAT -> {
                        writer().beat(Instant.now());
                        yield LogWire.NOTHING;
                    }
                    case READ -> {
                        reader = logs.read(in.readUTF(), in.readInt(), in.readLong());
                        yield LogWire.NOTHING;
                    }
                    case POLL -> LogWire.batch(reader().poll(in.readInt(), LogWire.readDuration(in)), reader().next());
                    case SEEK -> {
                        reader().seek(in.readLong());
                        yield LogWire.NOTHING;
                    }
                    case BOUNDS -> LogWire.bounds(logs.bounds(in.readUTF(), in.readInt()));
                    case PARTITIONS -> {
                        int partitions = logs.partitions(in.readUTF());
                        yield to -> to.writeInt(partitions);
                    }
                    case COMMIT -> {
                        logs.commit(in.readUTF(), in.readUTF(), LogWire.readPosition(in));
                        yield LogWire.NOTHING;
                    }
                    case COMMITTED -> LogWire.committed(logs.committed(in.readUTF(), in.readUTF(), in.readInt()));
                    case LATEST -> LogWire.latest(logs.latest(in.readUTF(), LogWire.readBytes(in)));
                };
            } catch (RuntimeException e) {
                Throwable cause = e.getCause() instanceof FairleadException ? e.getCause() : e;
                ErrorCode code = cause instanceof FairleadException known ? known.code() : ErrorCode.INTERNAL;
                out.writeByte(1);
                out.writeUTF(code.name());
                out.writeUTF(String.valueOf(cause.getMessage()));
                return;
            }
            out.writeByte(0);
            answer.to(out);
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
            }
            if (reader != null) {
                reader.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
