package io.sealroom.contracts;

/** What a node's signature says of one query of a window: one entry of its list. */
public record SignedRelease(Word query, Word releaseHash) {}
