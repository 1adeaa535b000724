package io.sealroom.contracts;

/**
 * That whoever made it holds the secret of an {@link EpochKey}: a Schnorr proof over {@link
 * RoomDigests#keyChallenge}.
 *
 * @param r x coordinate of the commitment, mod n
 * @param s the response
 */
public record KeyProof(Word r, Word s) {}
