package dev.fairlead.planner;

import org.jspecify.annotations.Nullable;

/** The file of one service, not read yet; reading it touches nothing that other files share, but for the limit of imports. */
final class ServiceFile {
    private final String name;
    private final byte[] bytes;

    ServiceFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * What a file says.
     *
     * @param key by which it is known again
     * @param service null when not even its name can be read
     */
    record Content(String key, @Nullable ServicePlan service, Unread unread, Findings findings) {}

    Content read(KnownFiles known, Findings findings) {
        Unread unread = new Unread();
        String key = KnownFiles.key(name, bytes);
        ServicePlan before = known.find(key);
        if (before != null) {
            return new Content(key, before, unread, findings);
        }
        SourceText text = SourceText.of(name, bytes, findings);
        Node root = text == null ? null : Tree.read(text, findings);
        ServicePlan service = root == null ? null : ServiceSyntax.read(name, root, unread, findings);
        return new Content(key, service, unread, findings);
    }
}
