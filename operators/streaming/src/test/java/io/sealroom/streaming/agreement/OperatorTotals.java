package io.sealroom.streaming.agreement;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.history.Environments;
import io.sealroom.streaming.history.ExactTotals;
import io.sealroom.streaming.source.EventRules;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** What the operators make of a history: the totals that are not zero. */
final class OperatorTotals {

    private static final int SLICES_AHEAD_MAX = 3;
    private static final Address CONTRACT = new Address("0x" + "5e".repeat(20));
    private static final ChainHead ANY_CHAIN = ChainHead.genesis("room", "partner", 0, 1);

    private OperatorTotals() {}

    /**
     * The totals before noise. When the room is over, nothing may be remembered.
     *
     * @param random order of arrival and rhythm of watermarks, within what seals allow
     */
    static Map<TotalKey, BigInteger> of(
            Policy policy,
            Collection<HistoryEvent> history,
            Random random,
            Environments environments)
            throws Exception {
        Map<String, EventRules> rules = rules(policy);
        Map<TotalKey, BigInteger> sums = new HashMap<>();
        try (ExactTotals totals = new ExactTotals(policy, environments)) {
            List<List<HistoryEvent>> arrivals = arrivals(policy, history, random);
            for (int slice = 0; slice < arrivals.size(); slice++) {
                for (HistoryEvent entry : arrivals.get(slice)) {
                    admit(
                            Objects.requireNonNull(rules.get(entry.partner())),
                            new PartitionProgress(start(policy, slice), ANY_CHAIN),
                            entry,
                            totals);
                }
                if (random.nextInt(4) > 0) {
                    add(sums, totals.completeTo(start(policy, slice + 1)));
                }
            }
            add(sums, totals.completeTo(policy.endMillis()));
            if (totals.remembered() != 0) {
                throw new AssertionError(
                        "state is left at the end: " + totals.remembered() + " entries");
            }
        }
        return sums;
    }

    private static Map<String, EventRules> rules(Policy policy) {
        RoomIdentity identity = new RoomIdentity(1, CONTRACT, policy.room(), policy.hash());
        Map<String, EventRules> rules = new HashMap<>();
        for (Partner partner : policy.suppliers()) {
            rules.put(
                    partner.name(),
                    new EventRules(PartnerTopic.of(identity, policy, partner.name())));
        }
        return rules;
    }

    /** Only what the source admits ever comes to the stages, and to the reference. */
    private static void admit(
            EventRules rules, PartitionProgress progress, HistoryEvent entry, ExactTotals totals)
            throws Exception {
        Optional<RejectReason> refusal = rules.refusal(entry.event(), progress);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException("history has an event of " + refusal.get());
        }
        totals.add(rules.admitted(entry.event(), entry.recordHash()), rules.older(entry.event()));
    }

    /** Events that arrive before each slice is sealed: no event comes late, some come early. */
    private static List<List<HistoryEvent>> arrivals(
            Policy policy, Collection<HistoryEvent> history, Random random) {
        List<List<HistoryEvent>> arrivals = new ArrayList<>();
        for (long start = policy.startMillis();
                start < policy.endMillis();
                start += policy.sliceMillis()) {
            arrivals.add(new ArrayList<>());
        }
        for (HistoryEvent entry : history) {
            long since = entry.event().eventTime() - policy.startMillis();
            int slice = (int) (since / policy.sliceMillis());
            arrivals.get(Math.max(0, slice - random.nextInt(SLICES_AHEAD_MAX + 1))).add(entry);
        }
        arrivals.forEach(events -> Collections.shuffle(events, random));
        return arrivals;
    }

    private static long start(Policy policy, int slice) {
        return policy.startMillis() + slice * policy.sliceMillis();
    }

    private static void add(Map<TotalKey, BigInteger> sums, Map<TotalKey, BigInteger> more) {
        more.forEach((row, amount) -> sums.merge(row, amount, BigInteger::add));
    }
}
