package io.sealroom.pipeline;

import io.sealroom.streaming.publish.OfferPace;
import io.sealroom.streaming.publish.PollOptions;
import io.sealroom.streaming.publish.QuorumPace;

/**
 * When PublishJob does what.
 *
 * @param offers how it offers to the contract
 * @param polls how it reads final blocks
 * @param quorum when it signs query by query, and when it is its turn to offer
 */
record PublishPace(OfferPace offers, PollOptions polls, QuorumPace quorum) {

    static PublishPace of(QuorumPace quorum) {
        return new PublishPace(OfferPace.defaults(), PollOptions.defaults(), quorum);
    }
}
