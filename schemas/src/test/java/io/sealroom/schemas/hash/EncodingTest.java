package io.sealroom.schemas.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {

    @Test
    void lp_shiftedFieldBorder_givesOtherBytes() {
        assertThat(Lp.of(Lp.text("ab"), Lp.text("c")))
                .isNotEqualTo(Lp.of(Lp.text("a"), Lp.text("bc")));
        assertThat(HexFormat.of().formatHex(Lp.of(Lp.text("a"), new byte[0])))
                .isEqualTo("000000016100000000");
    }

    @Test
    void keccak256_empty_equalsTheEvm() {
        assertThat(Digests.keccak256().toHex())
                .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }

    @Test
    void sha256_abc_equalsFips180() {
        assertThat(Digests.sha256(Lp.text("abc")).toHex())
                .isEqualTo("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void int256_bounds_areTwosComplementWords() {
        assertThat(
                        HexFormat.of()
                                .formatHex(new AbiWords().int256(BigInteger.valueOf(-1)).toBytes()))
                .isEqualTo("ff".repeat(32));
        BigInteger min = BigInteger.ONE.shiftLeft(255).negate();
        assertThat(HexFormat.of().formatHex(new AbiWords().int256(min).toBytes()))
                .isEqualTo("80" + "00".repeat(31));
        assertThatThrownBy(() -> new AbiWords().int256(min.subtract(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AbiWords().int256(min.negate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void uint_bounds_areRefusedOutside() {
        BigInteger max = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        assertThat(HexFormat.of().formatHex(new AbiWords().uint(max).toBytes()))
                .isEqualTo("ff".repeat(32));
        assertThatThrownBy(() -> new AbiWords().uint(max.add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AbiWords().uint(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void merkleRoot_noLeaf_isRefused() {
        assertThatThrownBy(() -> MerkleTree.root(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes32_order_isUnsigned() {
        Bytes32 high = Bytes32.fromHex("ff".repeat(32));
        assertThat(high).isGreaterThan(Bytes32.ZERO);
        assertThat(Bytes32.of(high.toBytes())).isEqualTo(high);
        assertThatThrownBy(() -> Bytes32.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void address_upperCaseOrShort_isRefused() {
        assertThatThrownBy(() -> new Address("0x" + "A".repeat(40)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Address("0x1234"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
