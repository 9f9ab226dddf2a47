package dev.fairlead.architecture.violating.codecs.ink;

public final class InkCodec {}
