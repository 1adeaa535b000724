package io.sealroom.streaming.publish;

import io.sealroom.contracts.PublishClient;
import io.sealroom.contracts.PublishOptions;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.PublishResult;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.SignedRelease;
import io.sealroom.contracts.WindowOffer;
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
final class ContractWriter implements StatefulSinkWriter<QuorumOffer, QuorumOffer> {

    /** One offer; the same list with signatures of other nodes is no other. */
    private record Offered(WindowBounds window, List<SignedRelease> releases) {

        static Offered of(WindowOffer offer) {
            return new Offered(
                    new WindowBounds(offer.start(), offer.end()), offer.signedReleases());
        }
    }

    private final RoomLocation room;
    private final MailboxExecutor mailbox;
    private final OfferCounters counters;
    private final PublishClient client;

    /** Not settled, in order of arrival: the state. */
    private final Map<Offered, QuorumOffer> open = new LinkedHashMap<>();

    /** Those of {@link #open} that only a restart can help. */
    private final Set<Offered> refused = new HashSet<>();

    ContractWriter(
            RoomContract room,
            PublishOptions options,
            MailboxExecutor mailbox,
            MetricGroup metrics,
            List<QuorumOffer> unsettled) {
        this.room = room.location();
        this.mailbox = mailbox;
        this.counters = new OfferCounters(metrics);
        this.client = new PublishClient(room, options, this::announce);
        metrics.gauge("offersWaiting", () -> client.status().waiting());
        metrics.gauge("offersInFlight", () -> client.status().inFlight());
        metrics.gauge("offerRetries", () -> client.status().retries());
        unsettled.forEach(this::write);
    }

    @Override
    public void write(QuorumOffer offer, Context context) {
        write(offer);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        fetchResults();
        while (endOfInput && open.size() > refused.size()) {
            mailbox.yield();
        }
    }

    @Override
    public List<QuorumOffer> snapshotState(long checkpointId) {
        return List.copyOf(open.values());
    }

    @Override
    public void close() {
        client.close();
    }

    void write(QuorumOffer offer) {
        WindowOffer made = Offers.of(offer, room);
        if (open.putIfAbsent(Offered.of(made), offer) == null) {
            client.offer(made);
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
        Offered offered = Offered.of(result.offer());
        boolean refusal = false;
        for (int i = 0; i < result.outcomes().size(); i++) {
            PublishOutcome outcome = result.outcomes().get(i);
            counters.count(outcome);
            report(offered.window(), result.offer().releases().get(i), outcome);
            refusal |= outcome instanceof PublishOutcome.Refused;
        }
        if (refusal) {
            refused.add(offered);
        } else {
            open.remove(offered);
        }
    }

    private static void report(WindowBounds window, ReleaseOffer release, PublishOutcome outcome) {
        ReleaseKey key = new ReleaseKey(Words.bytes32(release.query()), window.start());
        Bytes32 hash = Words.bytes32(release.releaseHash());
        if (outcome instanceof PublishOutcome.Refused refusal) {
            PublishLog.refused(key, hash, refusal.reason());
        } else if (outcome instanceof PublishOutcome.Conflict) {
            PublishLog.offerConflicts(key, hash);
        } else if (outcome instanceof PublishOutcome.Withheld withheld) {
            PublishLog.offerWithheld(key, hash, Words.bytes32(withheld.dataset()));
        }
    }
}
