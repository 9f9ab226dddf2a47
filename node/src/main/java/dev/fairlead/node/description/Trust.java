package dev.fairlead.node.description;

/** How a node knows who calls. */
public enum Trust {
    /** It believes what callers say of themselves. */
    BELIEVED,
    /** They prove it by a certificate, a token or a key. */
    PROVEN
}
