package io.sealroom.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Rational;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoiseKeysTest {

    private final NoiseFixture fixture = NoiseFixture.load();
    private final NoiseKeys keys = NoiseKeys.derive(fixture.context(), fixture.shares());

    @Test
    void derive_goldenInputs_saltKeysAndSaltsOfEveryRow() {
        assertThat(fixture.context().salt())
                .isEqualTo(Bytes32.fromHex(fixture.golden().get("salt").textValue()));
        for (JsonNode row : fixture.golden().get("rows")) {
            int index = row.get("row").intValue();
            byte[] key = keys.noiseKey(row.get("metric").intValue(), cell(row), index);
            assertThat(key).asHexString().isEqualToIgnoringCase(row.get("noiseKey").textValue());
            assertThat(keys.leafSalt(index))
                    .isEqualTo(Bytes32.fromHex(row.get("leafSalt").textValue()));
        }
    }

    @Test
    void stream_goldenRows_bytesAndNoise() {
        BigInteger byteBound = BigInteger.valueOf(256);
        for (JsonNode row : fixture.golden().get("rows")) {
            byte[] expected = HexFormat.of().parseHex(row.get("streamBytes").textValue());
            NoiseStream stream = stream(row);
            for (byte b : expected) {
                assertThat(stream.below(byteBound).byteValue()).isEqualTo(b);
            }
            Rational scale =
                    Rational.parse(row.get("scale").get(0).textValue())
                            .dividedBy(Rational.parse(row.get("scale").get(1).textValue()));
            assertThat(new DiscreteLaplace(scale).sample(stream(row)))
                    .isEqualTo(new BigInteger(row.get("noise").textValue()));
        }
    }

    @Test
    void derive_orderOfShares_matters() {
        List<NoiseShare> swapped = List.of(fixture.shares().get(1), fixture.shares().get(0));
        assertThat(NoiseKeys.derive(fixture.context(), swapped).leafSalt(0))
                .isNotEqualTo(keys.leafSalt(0));
    }

    /** So whoever lacks a share, of whichever partner, has the noise of no row. */
    @Test
    void derive_anyOneShareChanged_otherKeysOfEveryRow() {
        for (int changed = 0; changed < fixture.shares().size(); changed++) {
            List<NoiseShare> shares = new ArrayList<>(fixture.shares());
            byte[] secret = shares.get(changed).secret();
            secret[NoiseShare.LENGTH - 1] ^= 1;
            shares.set(changed, new NoiseShare(shares.get(changed).partner(), secret));
            NoiseKeys others = NoiseKeys.derive(fixture.context(), shares);
            for (JsonNode row : fixture.golden().get("rows")) {
                int index = row.get("row").intValue();
                int metric = row.get("metric").intValue();
                assertThat(others.noiseKey(metric, cell(row), index))
                        .isNotEqualTo(keys.noiseKey(metric, cell(row), index));
                assertThat(others.leafSalt(index)).isNotEqualTo(keys.leafSalt(index));
            }
        }
    }

    @Test
    void derive_equalShares_refused() {
        NoiseShare first = fixture.shares().get(0);
        NoiseShare copied = new NoiseShare(new Address("0x" + "cc".repeat(20)), first.secret());
        assertThatThrownBy(() -> NoiseKeys.derive(fixture.context(), List.of(first, copied)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partners 0 and 1")
                .hasMessageNotContaining(HexFormat.of().formatHex(first.secret()));
    }

    @Test
    void derive_shareMissingOrTooMany_refused() {
        assertThatThrownBy(
                        () -> NoiseKeys.derive(fixture.context(), fixture.shares().subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        NoiseShare third = new NoiseShare(new Address("0x" + "cc".repeat(20)), new byte[32]);
        assertThatThrownBy(
                        () ->
                                NoiseKeys.derive(
                                        fixture.context(),
                                        List.of(
                                                fixture.shares().get(0),
                                                fixture.shares().get(1),
                                                third)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void share_otherLength_refused() {
        Address partner = new Address("0x" + "cc".repeat(20));
        assertThatThrownBy(() -> new NoiseShare(partner, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAndSalts_everyRowMetricAndCell_allDiffer() {
        // A public leaf salt equal to a noise key would unmask its row.
        Set<Bytes32> seen = new HashSet<>();
        int derived = 0;
        for (int row = 0; row < 20; row++) {
            assertThat(seen.add(keys.leafSalt(row))).isTrue();
            derived++;
            for (int metric = 0; metric < 7; metric++) {
                for (long cell = 0; cell < 3; cell++) {
                    byte[] key = keys.noiseKey(metric, new Bytes32(0, 0, 0, cell), row);
                    assertThat(seen.add(Bytes32.of(key))).isTrue();
                    derived++;
                }
            }
        }
        assertThat(seen).hasSize(derived);
    }

    @Test
    void stream_sameRowTwice_startsOver() {
        BigInteger bound = BigInteger.ONE.shiftLeft(64);
        assertThat(keys.stream(0, Bytes32.ZERO, 3).below(bound))
                .isEqualTo(keys.stream(0, Bytes32.ZERO, 3).below(bound));
    }

    @Test
    void toString_secrets_redacted() {
        NoiseShare share = fixture.shares().get(0);
        assertThat(share).asString().doesNotContain(HexFormat.of().formatHex(share.secret()));
        assertThat(keys).hasToString("NoiseKeys[redacted]");
        assertThat(keys.stream(0, Bytes32.ZERO, 0)).hasToString("NoiseStream[redacted]");
    }

    @Test
    void share_arrayChangedAfterwards_staysAsItWas() {
        byte[] secret = new byte[32];
        NoiseShare share = new NoiseShare(new Address("0x" + "cc".repeat(20)), secret);
        secret[0] = 1;
        share.secret()[1] = 1;
        assertThat(share.secret()).isEqualTo(new byte[32]);
    }

    private NoiseStream stream(JsonNode row) {
        return keys.stream(row.get("metric").intValue(), cell(row), row.get("row").intValue());
    }

    private static Bytes32 cell(JsonNode row) {
        return Bytes32.fromHex(row.get("cell").textValue());
    }
}
