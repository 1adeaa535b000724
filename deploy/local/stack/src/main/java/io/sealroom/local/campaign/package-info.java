/**
 * An advertising campaign out of a seed: a publisher's exposures and an advertiser's conversions as
 * two CSV files, for the demo, the end-to-end tests and the benchmarks.
 *
 * <p>The files are as untidy as such files are. One person appears under many spellings of an
 * e-mail address or a phone number, all of one normal form; lines are out of order and some come
 * twice; timestamps are written in three ways. What is wrong in them is wrong on purpose and only
 * on request ({@link io.sealroom.local.campaign.BadLines}). The same options give the same bytes on
 * any machine: no clock, no locale, no floating point but {@link java.lang.StrictMath}.
 *
 * <p>Nobody is in these files: domains are those of RFC 2606, phone numbers are from ranges kept
 * out of use or for fiction, names are combined at random.
 *
 * <p>Why a generator and not a public data set: those have no e-mail addresses or phone numbers,
 * for good reason, and the ways of spelling them are the point.
 */
@NullMarked
package io.sealroom.local.campaign;

import org.jspecify.annotations.NullMarked;
