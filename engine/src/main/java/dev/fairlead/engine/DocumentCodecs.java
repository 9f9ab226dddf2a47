package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Field;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.engine.documents.DocumentForm;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The codecs of one item whose values are documents; what is written is held against the plan's fields. */
final class DocumentCodecs implements CodecProvider {
    private final CodecProvider codecs;
    private final Share share;

    DocumentCodecs(CodecProvider codecs, Share share) {
        this.codecs = codecs;
        this.share = share;
    }

    @Override
    public String mediaType() {
        return codecs.mediaType();
    }

    @Override
    @SuppressWarnings("unchecked") // V is Document
    public <V> ValueCodec<V> codec(Class<V> type) {
        if (type != Document.class) {
            throw new FairleadException(
                    ErrorCode.HANDLE_MISMATCH,
                    share.id() + " was opened on documents, but the handle's type is " + type.getName());
        }
        return (ValueCodec<V>) new Documents(share, codecs.fields());
    }

    @Override
    public ValueCodec<Map<String, @Nullable Object>> fields() {
        return codecs.fields();
    }

    @Override
    public Projection projection(Set<String> fields) {
        return codecs.projection(fields);
    }

    @Override
    public Projection renaming(Map<String, List<String>> names) {
        return codecs.renaming(names);
    }

    /** The codec of state. */
    private static final class Documents implements ValueCodec<Document> {
        private final String item;
        private final Field key;
        private final DocumentForm form;
        private final ValueCodec<Map<String, @Nullable Object>> fields;

        Documents(Share share, ValueCodec<Map<String, @Nullable Object>> fields) {
            Content.State state = PlanBinding.state(share);
            this.item = share.id().toString();
            this.key = state.keyField();
            this.form = new DocumentForm("a value of " + item, state.fields());
            this.fields = fields;
        }

        @Override
        public byte[] encode(Document value) {
            Map<String, @Nullable Object> fitting = form.checked(fields.decode(value.content()));
            if (!keyText(fitting).equals(value.key())) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "the value's " + key.name() + " is not the key of " + item + " that it is written under");
            }
            return fields.encode(fitting);
        }

        @Override
        public Document decode(byte[] payload) {
            return new Document(keyText(fields.decode(payload)), payload);
        }

        private String keyText(Map<String, @Nullable Object> value) {
            return DocumentForm.keyText(key.type(), value.get(key.name()));
        }
    }
}
