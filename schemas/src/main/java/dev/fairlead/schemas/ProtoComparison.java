package dev.fairlead.schemas;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether all messages of one Protobuf schema say the same to a reader with another, in the binary form and in JSON.
 *
 * <p>Fields meet by their numbers. For each that the reader uses, messages are written by the one schema and read by the other; where a
 * value comes out otherwise, or under another name, the message is the proof. What is removed must be reserved.
 */
final class ProtoComparison {
    /** Pairs of messages that are compared; more are not decided. */
    private static final int MOST_PAIRS = 2_000;

    private final boolean isWrittenLater;
    private final Set<String> pairs = new HashSet<>();
    private final List<String> suspicions = new ArrayList<>();

    private ProtoComparison(boolean isWrittenLater) {
        this.isWrittenLater = isWrittenLater;
    }

    /** Ends the comparison at the first message that proves a break. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient SchemaVerdict verdict;

        Broken(SchemaVerdict verdict) {
            super(null, null, false, false);
            this.verdict = verdict;
        }
    }

    /**
     * Compares two messages.
     *
     * @param used the names of the fields that the reader uses; all when there are none
     */
    static SchemaVerdict compare(Descriptor written, Descriptor read, Set<String> used, SchemaPair.Later later) {
        ProtoComparison comparison = new ProtoComparison(later == SchemaPair.Later.WRITTEN);
        try {
            comparison.messages("", written, read, used, UnaryOperator.identity());
        } catch (Broken broken) {
            return broken.verdict;
        }
        return comparison.suspicions.isEmpty()
                ? new SchemaVerdict.Contained()
                : new SchemaVerdict.Suspect(String.join("; ", comparison.suspicions));
    }

    private void messages(
            String path, Descriptor written, Descriptor read, Set<String> used, UnaryOperator<Message> within)
            throws Broken {
        if (!pairs.add(written.getFullName() + " " + read.getFullName())) {
            return;
        }
        DynamicMessage.Builder smallest = ProtoValues.smallest(written);
        if (smallest == null || pairs.size() > MOST_PAIRS) {
            throw new Broken(new SchemaVerdict.Undecided(
                    smallest == null
                            ? "no message can have what " + written.getFullName() + " requires"
                            : "there are more than " + MOST_PAIRS + " pairs of messages"));
        }
        Meeting meeting = new Meeting(path, written, read, smallest.build(), within);
        for (FieldDescriptor field : read.getFields()) {
            if (used.isEmpty() || used.contains(field.getName())) {
                FieldDescriptor same = written.findFieldByNumber(field.getNumber());
                if (same == null) {
                    missing(meeting, field);
                } else {
                    fields(meeting, same, field);
                }
            }
        }
        for (OneofDescriptor choice : read.getRealOneofs()) {
            choices(meeting, choice, used);
        }
    }

    /** Two messages that meet, where, and what it takes to make a whole document of one of the first kind. */
    private record Meeting(
            String path, Descriptor written, Descriptor read, Message smallest, UnaryOperator<Message> within) {
        String named(FieldDescriptor field) {
            return "`" + path + field.getName() + "`";
        }

        Message with(FieldDescriptor field, Object value) {
            return smallest.toBuilder().setField(field, value).build();
        }

        Message parsed(Message message) throws InvalidProtocolBufferException {
            return DynamicMessage.newBuilder(read)
                    .mergeFrom(message.toByteArray())
                    .buildPartial();
        }

        Broken broken(Message message, String reason) {
            String witness = ProtoJson.of(within.apply(message)).toString();
            return new Broken(new SchemaVerdict.Breaking(witness, reason));
        }
    }

    /** The reader has a field of which the writer knows nothing. */
    private void missing(Meeting meeting, FieldDescriptor field) throws Broken {
        if (field.isRequired()) {
            throw meeting.broken(meeting.smallest(), meeting.named(field) + " is required and not written");
        }
        FieldDescriptor renumbered = meeting.written().findFieldByName(field.getName());
        if (renumbered != null) {
            Object value = someOf(renumbered);
            if (value != null) {
                throw meeting.broken(
                        meeting.with(renumbered, value),
                        meeting.named(field) + " is number " + field.getNumber() + " to the reader and "
                                + renumbered.getNumber() + " to the writer");
            }
        }
        boolean isReserved = meeting.written().isReservedNumber(field.getNumber())
                && meeting.written().isReservedName(field.getName());
        if (isWrittenLater && !isReserved) {
            suspicions.add(meeting.named(field) + " was removed, and its number " + field.getNumber()
                    + " and its name are not both reserved");
        }
    }

    private static @Nullable Object someOf(FieldDescriptor field) {
        List<Object> values = ProtoValues.of(field);
        return values.isEmpty() ? null : values.getFirst();
    }

    private void fields(Meeting meeting, FieldDescriptor written, FieldDescriptor read) throws Broken {
        Object some = someOf(written);
        if (some == null) {
            return;
        }
        if (!written.getJsonName().equals(read.getJsonName())) {
            throw meeting.broken(
                    meeting.with(written, some),
                    "number " + written.getNumber() + " is " + meeting.named(written) + " to the writer and "
                            + meeting.named(read) + " to the reader, who finds it by its name in JSON");
        }
        if (read.isRequired() && !written.isRequired()) {
            throw meeting.broken(meeting.smallest(), meeting.named(read) + " is required and need not be written");
        }
        values(meeting, written, read);
        boolean areMessages = isMessage(written) && isMessage(read);
        if (areMessages) {
            messages(
                    meeting.path() + read.getName() + ".",
                    written.getMessageType(),
                    read.getMessageType(),
                    Set.of(),
                    inner -> meeting.within()
                            .apply(meeting.with(written, written.isRepeated() ? List.of(inner) : inner)));
        }
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    private void values(Meeting meeting, FieldDescriptor written, FieldDescriptor read) throws Broken {
        for (Object value : ProtoValues.of(written)) {
            Message message = meeting.with(written, value);
            String came = came(meeting, message, written, read);
            if (came == null) {
                continue;
            }
            String said = meeting.named(read) + " is written as " + described(written) + " and read as "
                    + described(read) + ": " + ProtoJson.of(written, value) + " comes out as " + came;
            boolean isNewSymbol = read.getType() == FieldDescriptor.Type.ENUM
                    && written.getType() == FieldDescriptor.Type.ENUM
                    && written.isRepeated() == read.isRepeated()
                    && !read.getEnumType().isClosed()
                    && !came.contains("\"");
            if (!isNewSymbol) {
                throw meeting.broken(message, said);
            }
            if (!isWrittenLater && !isReserved(read, written, value)) {
                throw meeting.broken(
                        message,
                        meeting.named(read) + " has lost the symbol " + ProtoJson.of(written, value)
                                + ", which was not reserved: in JSON it is refused, in the binary form a number without a name"
                                + " comes out");
            }
            suspicions.add(meeting.named(read) + " may have a symbol that the reader does not know: "
                    + ProtoJson.of(written, value) + "; in the binary form its number is kept, in JSON it is refused");
            return;
        }
        if (written.getType() != read.getType() && !isWidened(written, read)) {
            suspicions.add(
                    meeting.named(read) + " is written as " + described(written) + " and read as " + described(read));
        }
    }

    /** Whether each symbol in a value that the reader does not know is one that it reserves by number and name. */
    private static boolean isReserved(FieldDescriptor read, FieldDescriptor written, Object value) {
        EnumDescriptor known = read.getEnumType();
        List<?> symbols = written.isRepeated() ? (List<?>) value : List.of(value);
        return symbols.stream()
                .map(EnumValueDescriptor.class::cast)
                .filter(symbol -> known.findValueByNumber(symbol.getNumber()) == null)
                .allMatch(
                        symbol -> known.isReservedNumber(symbol.getNumber()) && known.isReservedName(symbol.getName()));
    }

    /** What the reader gets if it is not what was written; null when it is the same. */
    private static @Nullable String came(
            Meeting meeting, Message message, FieldDescriptor written, FieldDescriptor read) {
        try {
            Message parsed = meeting.parsed(message);
            if (isMessage(written) && isMessage(read)) {
                return sameShape(message, written, parsed, read) ? null : "nothing";
            }
            String was = ProtoJson.of(written, message.getField(written)).toString();
            String is = ProtoJson.of(read, parsed.getField(read)).toString();
            return was.equals(is) ? null : is;
        } catch (InvalidProtocolBufferException refused) {
            return "nothing, since it is refused";
        }
    }

    /** Of messages only whether they arrive: what is in them is compared by itself. */
    private static boolean sameShape(Message message, FieldDescriptor written, Message parsed, FieldDescriptor read) {
        if (written.isRepeated() != read.isRepeated() || written.isMapField() != read.isMapField()) {
            return false;
        }
        return written.isRepeated()
                ? message.getRepeatedFieldCount(written) == parsed.getRepeatedFieldCount(read)
                : message.hasField(written) == parsed.hasField(read);
    }

    private static String described(FieldDescriptor field) {
        String type = field.getType().name().toLowerCase(Locale.ROOT);
        return field.isMapField() ? "a map" : field.isRepeated() ? "a list of " + type : type;
    }

    /** Whether every value of the one is the same value of the other, in both forms. */
    private static boolean isWidened(FieldDescriptor written, FieldDescriptor read) {
        return switch (written.getType()) {
            case INT32, UINT32 ->
                read.getType() == FieldDescriptor.Type.INT64
                        || (written.getType() == FieldDescriptor.Type.UINT32
                                && read.getType() == FieldDescriptor.Type.UINT64);
            case SINT32 -> read.getType() == FieldDescriptor.Type.SINT64;
            default -> false;
        };
    }

    /** Fields that the reader takes for a choice of one, and of which the writer may write several. */
    private static void choices(Meeting meeting, OneofDescriptor choice, Set<String> used) throws Broken {
        List<FieldDescriptor> written = new ArrayList<>();
        for (FieldDescriptor field : choice.getFields()) {
            FieldDescriptor same = meeting.written().findFieldByNumber(field.getNumber());
            if (same != null && !same.isRepeated() && (used.isEmpty() || used.contains(field.getName()))) {
                written.add(same);
            }
        }
        for (FieldDescriptor one : written) {
            for (FieldDescriptor other : written) {
                boolean isChoice = one.getRealContainingOneof() != null
                        && Objects.equals(one.getRealContainingOneof(), other.getRealContainingOneof());
                Object first = someOf(one);
                Object second = someOf(other);
                if (one.getNumber() < other.getNumber() && !isChoice && first != null && second != null) {
                    Message both = meeting.smallest().toBuilder()
                            .setField(one, first)
                            .setField(other, second)
                            .build();
                    throw meeting.broken(
                            both,
                            meeting.named(one) + " and " + meeting.named(other)
                                    + " may both be written, and the reader takes one of them");
                }
            }
        }
    }

    /** Changes after which every message is read and means something else. */
    static List<String> meaning(Descriptor before, Descriptor now, Set<String> used) {
        List<String> changes = new ArrayList<>();
        if (!before.getFullName().equals(now.getFullName())) {
            changes.add("the schema was named " + before.getFullName() + " and is named " + now.getFullName());
        }
        for (FieldDescriptor field : now.getFields()) {
            FieldDescriptor old = before.findFieldByNumber(field.getNumber());
            boolean isUsed = used.isEmpty() || used.contains(field.getName());
            boolean isComparable =
                    old != null && !isMessage(field) && !field.isRepeated() && old.getType() == field.getType();
            if (isUsed && isComparable && !old.isRepeated()) {
                String was = ProtoJson.of(old, old.getDefaultValue()).toString();
                String is = ProtoJson.of(field, field.getDefaultValue()).toString();
                if (!was.equals(is)) {
                    changes.add("`" + field.getName() + "` had the default " + was + " and has " + is);
                }
            }
        }
        return changes;
    }
}
