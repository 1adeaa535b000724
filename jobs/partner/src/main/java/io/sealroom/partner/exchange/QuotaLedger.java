package io.sealroom.partner.exchange;

import io.sealroom.partner.durable.DurableFile;
import io.sealroom.partner.exchange.QuotaState.Decision;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * One requester's account with this evaluator, kept in a file: what is decided on an id is on disk
 * before anything is evaluated or answered under it. Hence, wherever the process dies:
 *
 * <ol>
 *   <li>before the write, nothing was evaluated, and the request is new when it is read again;
 *   <li>after the write, the id is known: the request is evaluated again, and not charged again;
 *   <li>no answer of any life of the agent is OK, QUOTA_EXCEEDED or MALFORMED after another of
 *       these; EVICTED and WRONG_EPOCH may come later, when ids and epochs have passed.
 * </ol>
 *
 * <p>All elements count, padding too, which cannot be told from others. Decisions are for one
 * thread; anybody may look.
 */
final class QuotaLedger {

    private final Path file;
    private final Policy policy;
    private final Clock clock;
    private volatile QuotaState state;

    private QuotaLedger(Path file, Policy policy, Clock clock, QuotaState state) {
        this.file = file;
        this.policy = policy;
        this.clock = clock;
        this.state = state;
    }

    /**
     * @param directory exists
     * @throws IOException if the requester's file is there and cannot be read: to begin at zero
     *     would give a used quota anew
     */
    static QuotaLedger open(Path directory, String requester, Policy policy, Clock clock)
            throws IOException {
        Path file = directory.resolve("quota-" + requester + ".json");
        try {
            return new QuotaLedger(
                    file,
                    policy,
                    clock,
                    Files.exists(file)
                            ? QuotaStateJson.read(Files.readAllBytes(file))
                            : QuotaState.EMPTY);
        } catch (IOException e) {
            throw new IOException("quota ledger " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What an id was answered, if it is still remembered. */
    Optional<Decision> find(long requestId) {
        return state.find(requestId);
    }

    boolean isNew(long requestId) {
        return state.isNew(requestId);
    }

    /** Remembers a refusal that costs nothing. */
    ReplyStatus refuse(long requestId, Bytes32 request, ReplyStatus status) throws IOException {
        return store(now().decided(requestId, new Decision(request, status), 0), status);
    }

    /** Charges a batch as a whole, or refuses it as a whole. */
    ReplyStatus charge(long requestId, Bytes32 request, int elements) throws IOException {
        QuotaState now = now();
        if (!now.affords(elements, policy.quota())) {
            return refuse(requestId, request, ReplyStatus.QUOTA_EXCEEDED);
        }
        return store(
                now.decided(requestId, new Decision(request, ReplyStatus.OK), elements),
                ReplyStatus.OK);
    }

    /** Elements charged in the present epoch. */
    long used() {
        return now().used();
    }

    /** Elements left in the present epoch. */
    long remaining() {
        return Math.max(0, policy.quota() - used());
    }

    private QuotaState now() {
        return state.at(policy.epochOf(clock.millis()));
    }

    private ReplyStatus store(QuotaState next, ReplyStatus status) throws IOException {
        DurableFile.write(file, QuotaStateJson.write(next));
        state = next;
        return status;
    }
}
