package io.sealroom.streaming.publish;

import io.sealroom.contracts.ContractError;
import io.sealroom.schemas.hash.Bytes32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log events of this stage that operators act upon; errors are alarms. Ids and hashes are
 * public, rows never stand here.
 */
final class PublishLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.sealroom.publish");

    private PublishLog() {}

    static void pendingRefused(String why) {
        LOG.error(
                "A record of the pending topic is no sound release of this room and was dropped: {}."
                        + " Only this node's CleanRoomJob writes there: check who else does, and whether both"
                        + " jobs have the same policy and room file.",
                why);
    }

    static void signatureRefused(String why) {
        LOG.error(
                "A record of the signatures topic counts for nothing and was dropped: {}. Only the room's"
                        + " nodes write there: check who else does, and whether all nodes have the same policy"
                        + " and room file.",
                why);
    }

    static void nodeDisagrees(
            String self,
            WindowBounds window,
            Bytes32 query,
            String node,
            Bytes32 expected,
            Bytes32 signed) {
        LOG.error(
                "Node {} does not agree on query {} window {}: it signed {}, node {} expects {} (what it"
                        + " computed itself or, where it no longer keeps that, what the chain decided on). One"
                        + " of them computed something else from the same topics: compare versions, then"
                        + " replay the window on both. A quorum that agrees goes on without the other.",
                node,
                query,
                window,
                signed,
                self,
                expected);
    }

    static void nodeEquivocates(
            WindowBounds window, Bytes32 query, String node, Bytes32 first, Bytes32 second) {
        LOG.error(
                "Node {} signed two hashes for query {} window {}: {} and {}. The one that came first counts."
                        + " Both stand on the signatures topic, as evidence that the contract takes. Expected"
                        + " only if its program was changed and computed old windows again.",
                node,
                query,
                window,
                first,
                second);
    }

    static void pendingDiffers(ReleaseKey key, Bytes32 first, Bytes32 second) {
        LOG.error(
                "CleanRoomJob gave a second result for query {} window {}: {} stands, {} was dropped."
                        + " Results are deterministic: expected only if the job was changed and replayed old"
                        + " windows.",
                key.query(),
                key.start(),
                first,
                second);
    }

    static void conflict(ReleaseKey key, Bytes32 own, Bytes32 stored) {
        LOG.error(
                "Query {} window {} is withheld for good (CONFLICT): this node computed {}, on chain is {}"
                        + " (zero: no release, but other totals of a partner). Other windows go on.",
                key.query(),
                key.start(),
                own,
                stored);
    }

    static void conflictEvent(ReleaseKey key, Bytes32 stored, Bytes32 offered) {
        LOG.warn(
                "The contract recorded a conflict for query {} window {}: {} stands (zero: none), a quorum"
                        + " offered {}.",
                key.query(),
                key.start(),
                stored,
                offered);
    }

    static void totalsConflict(WindowBounds window) {
        LOG.error(
                "The contract recorded a quorum over other totals of window {} than those on record: a"
                        + " partner signed two. What the quorum offered is never released.",
                window);
    }

    static void totalsEquivocation(
            WindowBounds window, Bytes32 partner, Bytes32 first, Bytes32 second) {
        LOG.error(
                "The contract recorded that partner {} signed two commitments for window {}: {} and {}.",
                partner,
                window,
                first,
                second);
    }

    static void left(Bytes32 partner, long closesAt) {
        LOG.warn(
                "Partner {} ends the room: no window that ends after {} is published.",
                partner,
                closesAt);
    }

    static void budget(ReleaseKey key) {
        LOG.error(
                "Query {} window {} is withheld for good (BUDGET): the privacy budget cannot pay for it.",
                key.query(),
                key.start());
    }

    static void overdue(ReleaseKey key, Bytes32 hash, long alarmMillis) {
        LOG.error(
                "Query {} window {} ({}) has no final receipt after {} ms (policy: pendingAlarm) and waits"
                        + " on. Look for nodes that disagree or are away, then at the contract sink's refused"
                        + " and retry counters, then at the chain endpoint's final block.",
                key.query(),
                key.start(),
                hash,
                alarmMillis);
    }

    static void endpointAway(String what, long retryMillis, Exception cause) {
        LOG.warn(
                "The chain endpoint gave no answer ({}): {}. Asked again in {} ms; nothing is lost.",
                what,
                cause.toString(),
                retryMillis);
    }

    static void blocksUnreadable(
            long firstBlock, long lastBlock, long retryMillis, RuntimeException cause) {
        LOG.error(
                "The events of blocks {} to {} cannot be read: {}. Asked for again in {} ms; until they can"
                        + " be read nothing is released, while signing and offering go on. Check the chain"
                        + " endpoint against another one; if both say the same, this program cannot read the"
                        + " contract's events.",
                firstBlock,
                lastBlock,
                cause.toString(),
                retryMillis,
                cause);
    }

    static void offerConflicts(ReleaseKey key, Bytes32 offered) {
        LOG.error(
                "The contract does not take {} for query {} window {}: something else is recorded. The gate"
                        + " withholds the window; other windows go on.",
                offered,
                key.query(),
                key.start());
    }

    static void offerWithheld(ReleaseKey key, Bytes32 offered, Bytes32 dataset) {
        LOG.error(
                "The contract withholds {} for query {} window {}: data set {} has no budget for it (zero:"
                        + " recorded long ago). The gate withholds the window for good; other windows go on.",
                offered,
                key.query(),
                key.start(),
                dataset);
    }

    static void refused(ReleaseKey key, Bytes32 offered, ContractError reason) {
        LOG.error(
                "The contract refuses {} for query {} window {}: {}. Nothing is released. The list it"
                        + " is in is kept and offered again at the next start: check the policy and the room"
                        + " file against the contract, then restart the job.",
                offered,
                key.query(),
                key.start(),
                reason);
    }

    static void releaseDiffers(ReleaseKey key, Bytes32 first, Bytes32 second) {
        LOG.error(
                "The releases topic holds query {} window {} as {} (SHA-256), and what comes now is {}: it"
                        + " was dropped, the first stands. Expected only if blocks were reorganised that had"
                        + " been final, if the program was changed, or if somebody else writes to the topic."
                        + " Hold both against the chain with `sealroom verify`.",
                key.query(),
                key.start(),
                first,
                second);
    }

    static void foreignRecord(String topic, long offset) {
        LOG.error(
                "The record at offset {} of topic {} has no key or value of a release and was passed over."
                        + " Only this node's PublishJob writes there: check who else may.",
                offset,
                topic);
    }

    static void releasesDeleted(String topic, long beginning) {
        LOG.error(
                "Topic {} begins at offset {}: what was released before is gone from it. Windows that the"
                        + " job's state has as released are not written again: if they are wanted, start the"
                        + " job without state, and see who deletes records.",
                topic,
                beginning);
    }

    static void resultAfterEnd() {
        LOG.debug("A result of the contract came after the task ended; it is asked for again.");
    }
}
