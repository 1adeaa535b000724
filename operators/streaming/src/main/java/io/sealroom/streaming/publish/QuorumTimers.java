package io.sealroom.streaming.publish;

/**
 * Timers of a window's quorum, in processing time; 0 where there is none.
 *
 * @param expiry when waiting for a complete list ends
 * @param offer when it is this node's turn to offer
 */
public record QuorumTimers(long expiry, long offer) {

    static final QuorumTimers NONE = new QuorumTimers(0, 0);

    QuorumTimers withExpiry(long at) {
        return new QuorumTimers(at, offer);
    }

    QuorumTimers withOffer(long at) {
        return new QuorumTimers(expiry, at);
    }
}
