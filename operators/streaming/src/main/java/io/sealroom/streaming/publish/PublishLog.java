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

    static void budget(ReleaseKey key) {
        LOG.error(
                "Query {} window {} is withheld for good (BUDGET): the privacy budget cannot pay for it.",
                key.query(),
                key.start());
    }

    static void overdue(ReleaseKey key, Bytes32 hash, long alarmMillis) {
        LOG.error(
                "Query {} window {} ({}) has no final receipt after {} ms (policy: pendingAlarm) and waits"
                        + " on. Look at the contract sink's refused and retry counters, then at the chain"
                        + " endpoint's final block.",
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

    static void offerConflicts(ReleaseKey key, Bytes32 offered) {
        LOG.error(
                "The contract does not take {} for query {} window {}: something else is recorded. The gate"
                        + " withholds the window; other windows go on.",
                offered,
                key.query(),
                key.start());
    }

    static void refused(ReleaseKey key, Bytes32 offered, ContractError reason) {
        LOG.error(
                "The contract refuses {} for query {} window {}: {}. Nothing is released. It is kept and"
                        + " offered again at the next start: check the node's key, the quorum and the room"
                        + " file against the contract, then restart the job.",
                offered,
                key.query(),
                key.start(),
                reason);
    }

    static void resultAfterEnd() {
        LOG.debug("A result of the contract came after the task ended; it is asked for again.");
    }
}
