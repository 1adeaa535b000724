package io.sealroom.partner.tokenise;

/**
 * What became of the lines of a base; they add up.
 *
 * @param asked identifiers whose token was asked for, and is in the cache now
 * @param known lines whose token was there already, from an earlier run or an earlier line
 * @param rejected lines without a token, listed with their reason
 */
public record BulkResult(long asked, long known, long rejected) {}
