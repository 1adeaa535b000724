package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.streaming.testing.LogLines;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignatureCheckFunctionTest {

    private static final ChainSigner NODE_TWO = TestRoom.NODES.get(1);

    private final PendingRelease release = TestRoom.release(3);
    private final PendingRelease releaseToo = TestRoom.releaseToo(3);
    private final SignatureCheckFunction function =
            new SignatureCheckFunction(TestRoom.IDENTITY, TestRoom.POLICY.canonicalJson());
    private OneInputStreamOperatorTestHarness<byte[], CheckedSignature> check;

    @BeforeEach
    void open() throws Exception {
        check = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
        check.open();
    }

    @AfterEach
    void close() throws Exception {
        check.close();
    }

    @Test
    void allQueries_passWithTheNodeThatSigned() throws Exception {
        SignedReleases signed = TestRoom.signed(NODE_TWO, release, releaseToo);
        process(signed);
        CheckedSignature passed = check.extractOutputValues().get(0);
        assertThat(passed.node()).isEqualTo(1);
        assertThat(passed.window())
                .isEqualTo(new WindowBounds(3 * TestRoom.HOUR, 4 * TestRoom.HOUR));
        assertThat(passed.releases()).isEqualTo(signed.releases());
        assertThat(passed.signature()).isEqualTo(signed.signature().toBytes());
    }

    @Test
    void oneQuery_passes() throws Exception {
        process(TestRoom.signed(NODE_TWO, releaseToo));
        process(TestRoom.signed(NODE_TWO, ofLongWindow(2, 2)));
        assertThat(check.extractOutputValues()).hasSize(2);
    }

    @Test
    void undecodable_refusedAndTheNextPasses() throws Exception {
        byte[] sound = Codecs.SIGNED_RELEASES.encode(TestRoom.signed(NODE_TWO, release));
        check.processElement(new byte[0], 0);
        check.processElement(new byte[] {1, 2, 3}, 0);
        check.processElement(Arrays.copyOf(sound, sound.length + 1), 0);
        check.processElement(sound, 0);
        assertThat(check.extractOutputValues()).hasSize(1);
        assertThat(function.refused.getCount()).isEqualTo(3);
    }

    @Test
    void windowOfNoQuery_refused() throws Exception {
        assertRefused(TestRoom.signed(NODE_TWO, ofLongWindow(2, 3)));
    }

    @Test
    void windowNotAligned_refused() throws Exception {
        assertRefused(TestRoom.signed(NODE_TWO, ofLongWindow(3, 2)));
    }

    @Test
    void windowAfterTheRoom_refused() throws Exception {
        process(TestRoom.signed(NODE_TWO, TestRoom.release(999)));
        assertThat(check.extractOutputValues()).hasSize(1);
        assertRefused(TestRoom.signed(NODE_TWO, TestRoom.release(1_000)));
    }

    @Test
    void emptyAndBackwardWindows_refused() throws Exception {
        List<ReleaseEntry> entries = List.of(release.document().entry());
        for (long[] window : new long[][] {{0, 0}, {TestRoom.HOUR, 0}, {Long.MAX_VALUE, 0}}) {
            SignedReleases unsigned = SignedReleases.unsigned(window[0], window[1], entries);
            assertRefused(sign(unsigned));
        }
    }

    @Test
    void queryOfAnotherWindowLength_refused() throws Exception {
        ReleaseEntry foreign = ofLongWindow(2, 2).document().entry();
        assertRefused(sign(unsigned(foreign)));
        assertRefused(sign(unsigned(release.document().entry(), foreign)));
    }

    @Test
    void queryOfNoPolicy_refused() throws Exception {
        assertRefused(sign(unsigned(new ReleaseEntry(Digests.id("no query"), Digests.id("hash")))));
    }

    @Test
    void queryTwice_refused() throws Exception {
        assertRefused(TestRoom.signed(NODE_TWO, release, release));
        assertRefused(TestRoom.signed(NODE_TWO, release, releaseToo, release));
    }

    @Test
    void notInPolicyOrder_refused() throws Exception {
        assertRefused(TestRoom.signed(NODE_TWO, releaseToo, release));
    }

    @Test
    void signedByNoNode_refused() throws Exception {
        assertRefused(TestRoom.signed(TestRoom.partner(0), release, releaseToo));
    }

    @Test
    void signedForAnotherRoom_refused() throws Exception {
        PendingRelease foreign =
                TestRoom.release(TestRoom.identity("0x" + "cd".repeat(20)), 3, 100, "");
        assertRefused(TestRoom.signed(NODE_TWO, foreign));
    }

    @Test
    void signatureThatRecoversToNothing_refused() throws Exception {
        SignedReleases unsigned = unsigned(release.document().entry());
        assertRefused(unsigned.signed(Bytes.of(new byte[65])));
    }

    @Test
    void floodOfRefusals_alarmsAreBounded() throws Exception {
        try (LogLines lines = LogLines.of("io.sealroom.publish")) {
            for (int i = 0; i < 2 * SignatureCheckFunction.ALARMS_MAX; i++) {
                check.processElement(new byte[] {1}, 0);
            }
            assertThat(lines.written())
                    .hasSize(SignatureCheckFunction.ALARMS_MAX)
                    .allSatisfy(line -> assertThat(line).startsWith("ERROR A record of the signa"));
        }
        assertThat(function.refused.getCount()).isEqualTo(2 * SignatureCheckFunction.ALARMS_MAX);
    }

    private static PendingRelease ofLongWindow(int start, int hours) {
        return TestRoom.release(TestRoom.IDENTITY, TestRoom.LONG_QUERY, start, hours, 100, "");
    }

    private static SignedReleases unsigned(ReleaseEntry... entries) {
        return SignedReleases.unsigned(3 * TestRoom.HOUR, 4 * TestRoom.HOUR, List.of(entries));
    }

    private static SignedReleases sign(SignedReleases unsigned) {
        return unsigned.signed(
                Bytes.of(NODE_TWO.sign(Words.word(unsigned.digest(TestRoom.IDENTITY))).toBytes()));
    }

    private void process(SignedReleases signed) throws Exception {
        check.processElement(Codecs.SIGNED_RELEASES.encode(signed), 0);
    }

    private void assertRefused(SignedReleases signed) throws Exception {
        long before = function.refused.getCount();
        int passed = check.extractOutputValues().size();
        process(signed);
        assertThat(check.extractOutputValues()).hasSize(passed);
        assertThat(function.refused.getCount()).isEqualTo(before + 1);
    }
}
