package io.sealroom.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoiseContextTest {

    private static final Bytes32 OTHER = new Bytes32(1, 2, 3, 4);

    private final NoiseContext base = NoiseFixture.load().context();

    @Test
    void salt_anyFieldChanged_differs() {
        RoomIdentity room = base.room();
        List<RoomIdentity> rooms =
                List.of(
                        new RoomIdentity(1, room.contract(), room.room(), room.policyHash()),
                        new RoomIdentity(
                                room.chainId(),
                                new Address("0x" + "00".repeat(20)),
                                room.room(),
                                room.policyHash()),
                        new RoomIdentity(
                                room.chainId(), room.contract(), "other-room", room.policyHash()),
                        new RoomIdentity(room.chainId(), room.contract(), room.room(), OTHER));
        Set<Bytes32> salts = new HashSet<>();
        salts.add(base.salt());
        rooms.forEach(r -> salts.add(context(1, r, base.query(), 0, base.heads()).salt()));
        salts.add(context(1, room, base.query(), 0, base.heads()).salt());
        salts.add(context(2, room, base.query(), 0, base.heads()).salt());
        salts.add(context(1, room, OTHER, 0, base.heads()).salt());
        salts.add(context(1, room, base.query(), 1, base.heads()).salt());
        assertThat(salts).hasSize(9);
    }

    @Test
    void salt_anyCountOrHeadOfAnyPartition_differs() {
        Set<Bytes32> salts = new HashSet<>();
        salts.add(base.salt());
        int changes = 1;
        for (int partner = 0; partner < base.heads().size(); partner++) {
            for (int partition = 0; partition < base.heads().get(partner).size(); partition++) {
                ChainHead old = base.heads().get(partner).get(partition);
                for (ChainHead changed :
                        List.of(
                                new ChainHead(old.count() + 1, old.head()),
                                new ChainHead(old.count(), OTHER))) {
                    List<List<ChainHead>> heads = new ArrayList<>(base.heads());
                    List<ChainHead> partitions = new ArrayList<>(heads.get(partner));
                    partitions.set(partition, changed);
                    heads.set(partner, partitions);
                    salts.add(with(heads).salt());
                    changes++;
                }
            }
        }
        assertThat(salts).hasSize(changes).hasSize(7);
    }

    @Test
    void salt_orderOfPartnersAndPartitions_matters() {
        List<List<ChainHead>> partnersSwapped = new ArrayList<>(base.heads());
        Collections.swap(partnersSwapped, 0, 1);
        List<ChainHead> first = new ArrayList<>(base.heads().get(0));
        Collections.swap(first, 0, 1);
        assertThat(Set.of(base.salt(), with(partnersSwapped).salt()))
                .doesNotContain(with(List.of(first, base.heads().get(1))).salt());
    }

    @Test
    void construct_emptyWindow_refused() {
        assertThatThrownBy(() -> new NoiseContext(1, base.room(), base.query(), 5, 5, base.heads()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void construct_noPartnerOrNoPartition_refused() {
        assertThatThrownBy(() -> with(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(List.of(base.heads().get(0), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private NoiseContext with(List<List<ChainHead>> heads) {
        return new NoiseContext(
                base.semantics(), base.room(), base.query(), base.start(), base.end(), heads);
    }

    /** Moves the start to 0 and the end to 10 + later, so that each call changes what it names. */
    private static NoiseContext context(
            int semantics,
            RoomIdentity room,
            Bytes32 query,
            long later,
            List<List<ChainHead>> heads) {
        return new NoiseContext(semantics, room, query, 0, 10 + later, heads);
    }
}
