package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.schemas.policy.Partner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of every other partner that may ask: accounts, and their latest replies. */
final class Requesters {

    private final SortedMap<String, QuotaLedger> ledgers = new TreeMap<>();
    private final SortedMap<String, ReplyMemory> memories = new TreeMap<>();

    /**
     * @param state directory of this partner in this room; exists
     * @throws IOException if an account is there and cannot be read
     */
    Requesters(Membership member, Path state, Clock clock) throws IOException {
        for (Partner partner : member.policy().partners()) {
            if (!partner.name().equals(member.name())) {
                ledgers.put(
                        partner.name(),
                        QuotaLedger.open(state, partner.name(), member.policy(), clock));
                memories.put(partner.name(), new ReplyMemory());
            }
        }
    }

    SortedMap<String, QuotaLedger> ledgers() {
        return Collections.unmodifiableSortedMap(ledgers);
    }

    QuotaLedger ledger(String requester) {
        return known(ledgers, requester);
    }

    ReplyMemory memory(String requester) {
        return known(memories, requester);
    }

    private static <T> T known(SortedMap<String, T> byName, String requester) {
        T found = byName.get(requester);
        if (found == null) {
            throw new IllegalArgumentException("no other partner of the policy: " + requester);
        }
        return found;
    }
}
