package io.sealroom.streaming.publish;

import io.sealroom.contracts.PublishClient;
import io.sealroom.contracts.PublishOptions;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.PublishResult;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.schemas.hash.Bytes32;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Writer of {@link ContractSink}. Its maps belong to the task thread: the client's thread only
 * asks, through the mailbox, that results be fetched.
 */
final class ContractWriter implements StatefulSinkWriter<CheckedPending, byte[]> {

    /** One offer; a second hash for a window is another. */
    private record Offered(ReleaseKey key, Bytes32 releaseHash) {}

    private final OfferSigner signer;
    private final MailboxExecutor mailbox;
    private final OfferCounters counters;
    private final PublishClient client;

    /** Not settled, in order of arrival, with the bytes that go into the state. */
    private final Map<Offered, byte[]> open = new LinkedHashMap<>();

    /** Those of {@link #open} that only a restart can help. */
    private final Set<Offered> refused = new HashSet<>();

    ContractWriter(
            RoomContract room,
            OfferSigner signer,
            PublishOptions options,
            MailboxExecutor mailbox,
            MetricGroup metrics,
            List<CheckedPending> unsettled) {
        this.signer = signer;
        this.mailbox = mailbox;
        this.counters = new OfferCounters(metrics);
        this.client = new PublishClient(room, options, this::announce);
        metrics.gauge("offersWaiting", () -> client.status().waiting());
        metrics.gauge("offersInFlight", () -> client.status().inFlight());
        metrics.gauge("offerRetries", () -> client.status().retries());
        unsettled.forEach(this::write);
    }

    @Override
    public void write(CheckedPending pending, Context context) {
        write(pending);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        fetchResults();
        while (endOfInput && open.size() > refused.size()) {
            mailbox.yield();
        }
    }

    @Override
    public List<byte[]> snapshotState(long checkpointId) {
        return List.copyOf(open.values());
    }

    @Override
    public void close() {
        client.close();
    }

    void write(CheckedPending pending) {
        Offered offered = new Offered(pending.key(), pending.releaseHash());
        if (open.putIfAbsent(offered, pending.value()) == null) {
            client.offer(signer.offer(pending.release()));
        }
    }

    /** In the client's thread. */
    private void announce() {
        try {
            mailbox.execute(this::fetchResults, "results of the contract");
        } catch (RejectedExecutionException e) {
            PublishLog.resultAfterEnd();
        }
    }

    private void fetchResults() {
        try {
            client.poll().forEach(this::settle);
        } catch (WrongChainException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private void settle(PublishResult result) {
        ReleaseOffer offer = result.offer();
        Offered offered =
                new Offered(
                        new ReleaseKey(Words.bytes32(offer.query()), offer.start()),
                        Words.bytes32(offer.releaseHash()));
        PublishOutcome outcome = result.outcome();
        counters.count(outcome);
        if (outcome instanceof PublishOutcome.Refused refusal) {
            PublishLog.refused(offered.key(), offered.releaseHash(), refusal.reason());
            refused.add(offered);
            return;
        }
        if (outcome instanceof PublishOutcome.Conflict) {
            PublishLog.offerConflicts(offered.key(), offered.releaseHash());
        }
        open.remove(offered);
    }
}
