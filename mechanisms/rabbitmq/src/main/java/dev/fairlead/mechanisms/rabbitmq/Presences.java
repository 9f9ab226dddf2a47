package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.calling.Presence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The answerers that one opening has for an item, as bytes. */
final class Presences {
    private static final int MOST = 10_000;

    private Presences() {}

    static byte[] pack(String item, List<Presence> all) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<Presence> own =
                    all.stream().filter(each -> each.item().equals(item)).toList();
            out.writeInt(own.size());
            for (Presence each : own) {
                out.writeUTF(each.address());
                out.writeLong(each.number());
                out.writeInt(each.room());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What was packed; nothing from bytes that are none of ours. */
    static List<Presence> unpack(String item, byte[] bytes) {
        List<Presence> all = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = Math.min(in.readInt(), MOST);
            for (int i = 0; i < count; i++) {
                all.add(new Presence(item, in.readUTF(), in.readLong(), in.readInt()));
            }
            return all;
        } catch (IOException foreign) {
            return List.of();
        }
    }
}
