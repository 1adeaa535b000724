package io.sealroom.schemas.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenHashTest {

    @Test
    void chainHead_goldenValues_equalGoldenHeads() {
        JsonNode vector = Vectors.read("chain-head.json");
        ChainHead head =
                ChainHead.genesis(
                        vector.required("room").textValue(),
                        vector.required("partner").textValue(),
                        vector.required("partition").intValue(),
                        vector.required("partitions").intValue());
        assertThat(head.head()).isEqualTo(Vectors.bytes32(vector.required("heads").get(0)));
        for (int i = 0; i < vector.required("values").size(); i++) {
            byte[] value = HexFormat.of().parseHex(vector.required("values").get(i).textValue());
            head = head.next(value);
            assertThat(head.count()).isEqualTo(i + 1);
            assertThat(head.head()).isEqualTo(Vectors.bytes32(vector.required("heads").get(i + 1)));
        }
    }

    @Test
    void chainHead_nullValue_isEmptyValue() {
        ChainHead genesis = ChainHead.genesis("room-a", "partner-b", 0, 1);
        assertThat(genesis.next(null)).isEqualTo(genesis.next(new byte[0]));
    }

    @Test
    void totals_goldenInput_equalGoldenCommitments() {
        JsonNode vector = Vectors.read("totals.json");
        List<ChainHead> closing = new ArrayList<>();
        for (JsonNode head : vector.required("closing")) {
            closing.add(
                    new ChainHead(
                            head.required("count").longValue(),
                            Vectors.bytes32(head.required("head"))));
        }
        String partner = vector.required("partner").textValue();
        long start = vector.required("start").longValue();
        long end = vector.required("end").longValue();
        RoomIdentity identity = Vectors.identity(vector);
        assertThat(
                        Totals.commitment(
                                identity,
                                partner,
                                start,
                                end,
                                closing,
                                Vectors.bytes32(vector.required("salt")).toBytes()))
                .isEqualTo(Vectors.bytes32(vector.required("commitment")));
        assertThat(
                        Totals.shareCommitment(
                                identity,
                                partner,
                                start,
                                end,
                                Vectors.bytes32(vector.required("share")).toBytes()))
                .isEqualTo(Vectors.bytes32(vector.required("shareCommitment")));
    }

    @Test
    void eip712_goldenDomain_digestsAndSignaturesEqual() {
        JsonNode vector = Vectors.read("eip712.json");
        RoomIdentity identity = Vectors.identity(vector);
        byte[] key = Vectors.bytes32(vector.required("privateKey")).toBytes();
        Address address = new Address(vector.required("address").textValue());
        assertThat(Secp256k1.address(key)).isEqualTo(address);
        assertThat(identity.domainSeparator())
                .isEqualTo(Vectors.bytes32(vector.required("domainSeparator")));
        for (JsonNode struct : vector.required("structs")) {
            Bytes32 digest = identity.digest(Vectors.bytes32(struct.required("structHash")));
            assertThat(digest).isEqualTo(Vectors.bytes32(struct.required("digest")));
            byte[] signature = Vectors.bytes(struct.required("signature")).toBytes();
            assertThat(Secp256k1.sign(digest, key)).isEqualTo(signature);
            assertThat(Secp256k1.recover(digest, signature)).contains(address);
        }
    }

    @Test
    void merkleRoot_oneToFiveLeaves_equalsOpenZeppelin() {
        JsonNode vector = Vectors.read("merkle.json");
        List<Bytes32> leaves = new ArrayList<>();
        for (JsonNode row : vector.required("rows")) {
            leaves.add(Vectors.bytes32(row.required("leaf")));
            assertThat(MerkleTree.root(leaves))
                    .isEqualTo(
                            Vectors.bytes32(
                                    vector.required("roots")
                                            .required(Integer.toString(leaves.size()))));
        }
        assertThat(leaves).hasSize(5);
    }
}
