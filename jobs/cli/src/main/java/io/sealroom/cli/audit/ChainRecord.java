package io.sealroom.cli.audit;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the contract holds about the windows of a period. Hashes are those it stores; its events say
 * who signed and what else was signed.
 */
final class ChainRecord {

    private final Policy policy;
    private final Period period;
    private final Map<AuditedWindow, ChainWindow> windows = new HashMap<>();
    private final List<String> alarms = new ArrayList<>();
    private final Map<Bounds, List<Word>> commitments = new HashMap<>();
    private final Map<Key, RoomEvent.Published> published = new HashMap<>();
    private final Map<Key, RoomEvent.Withheld> withheld = new HashMap<>();
    private final Map<Key, List<Word>> conflicting = new HashMap<>();

    private ChainRecord(Policy policy, Period period) {
        this.policy = policy;
        this.period = period;
    }

    private record Bounds(long start, long end) {}

    private record Key(Word query, long start) {}

    /**
     * Asks the contract.
     *
     * @param fromBlock from which its events are read
     * @throws IOException if the endpoint does not answer
     */
    static ChainRecord read(RoomContract room, long fromBlock, Policy policy, Period period)
            throws IOException {
        ChainRecord record = new ChainRecord(policy, period);
        for (RoomEvent event : room.events(fromBlock, room.headBlock())) {
            record.take(event);
        }
        for (AuditedWindow window : period.windows(policy)) {
            record.windows.put(window, record.window(room, window));
        }
        return record;
    }

    private void take(RoomEvent event) {
        if (event instanceof RoomEvent.TotalsCommitted totals) {
            commitments.put(new Bounds(totals.start(), totals.end()), totals.commitments());
        } else if (event instanceof RoomEvent.Published it) {
            published.put(new Key(it.query(), it.start()), it);
        } else if (event instanceof RoomEvent.Withheld it) {
            withheld.put(new Key(it.query(), it.start()), it);
        } else if (event instanceof RoomEvent.Conflict it) {
            conflicting
                    .computeIfAbsent(new Key(it.query(), it.start()), key -> new ArrayList<>())
                    .add(it.offered());
        } else if (event instanceof RoomEvent.TotalsConflict it) {
            alarm(it.start(), it.end(), "a quorum signed other totals commitments as well");
        } else if (event instanceof RoomEvent.TotalsEquivocation it) {
            alarm(
                    it.start(),
                    it.end(),
                    String.format(
                            "%s signed two totals commitments, %s and %s",
                            partner(it.partner()), it.first(), it.second()));
        } else if (event instanceof RoomEvent.ReleaseEquivocation it) {
            alarm(
                    it.start(),
                    it.end(),
                    String.format(
                            "%s signed two release hashes, %s and %s",
                            node(it.node().hex()), it.first(), it.second()));
        }
    }

    private void alarm(long start, long end, String what) {
        if (period.contains(start, end)) {
            alarms.add(
                    String.format(
                            "%s/%s: on chain: %s",
                            Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), what));
        }
    }

    private ChainWindow window(RoomContract room, AuditedWindow window) throws IOException {
        Key key = new Key(word(window.query().id()), window.start());
        RoomEvent.Published recorded = published.get(key);
        RoomEvent.Withheld refused = withheld.get(key);
        return new ChainWindow(
                room.releaseHash(key.query(), key.start()),
                room.totalsHash(window.start(), window.end()),
                commitments.getOrDefault(new Bounds(window.start(), window.end()), List.of()),
                Optional.ofNullable(refused).map(RoomEvent.Withheld::offered),
                recorded == null ? List.of() : signers(recorded.signers()),
                conflicting.getOrDefault(key, List.of()));
    }

    private List<String> signers(BigInteger bits) {
        List<Node> nodes = policy.nodes();
        return IntStream.range(0, nodes.size())
                .filter(bits::testBit)
                .mapToObj(i -> nodes.get(i).name())
                .toList();
    }

    private String partner(Word id) {
        return policy.partners().stream()
                .map(Partner::name)
                .filter(name -> word(Digests.id(name)).equals(id))
                .findFirst()
                .orElseGet(id::toString);
    }

    private String node(String address) {
        return policy.nodes().stream()
                .filter(node -> node.address().hex().equals(address))
                .map(Node::name)
                .findFirst()
                .orElse(address);
    }

    /** What it holds about a window of the period. */
    ChainWindow of(AuditedWindow window) {
        ChainWindow known = windows.get(window);
        if (known == null) {
            throw new IllegalArgumentException("the period must have the window " + window);
        }
        return known;
    }

    /** Who was convicted on chain of having signed two things. */
    List<String> alarms() {
        return List.copyOf(alarms);
    }

    static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }
}
