package io.sealroom.streaming.release;

import static io.sealroom.streaming.release.ReleaseRoom.ADVERTISER;
import static io.sealroom.streaming.release.ReleaseRoom.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.testing.TestingKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first hour of the small room. */
class VerdictRulesTest {

    private final ReleaseRoom room = new ReleaseRoom();
    private final long start = room.room.minute(0);
    private final long end = room.room.minute(60);

    @Test
    void judge_completeAndValid_headsSharesAndTotalsInPolicyOrder() throws Exception {
        WindowOutcome outcome = judge(room.sealAll(60));
        assertThat(outcome).isInstanceOf(WindowInputs.class);
        WindowInputs inputs = (WindowInputs) outcome;
        assertThat(inputs.heads()).extracting(List::size).containsExactly(2, 1);
        assertThat(inputs.totals())
                .extracting(TotalsEntry::partner)
                .containsExactly("publisher", "advertiser");
        assertThat(inputs.shares()).hasSize(2);
    }

    @Test
    void judge_noVerdictAtAll_incompleteAtTheFirstPartition() throws Exception {
        assertRefused(judge(List.of()), WithheldReason.INCOMPLETE, "publisher", 0);
    }

    @Test
    void judge_onePartitionOpen_incompleteThere() throws Exception {
        List<Verdict> verdicts = new ArrayList<>(room.sealAll(60));
        verdicts.removeIf(it -> it.partner() == PUBLISHER && it.partition() == 1);
        assertRefused(judge(verdicts), WithheldReason.INCOMPLETE, "publisher", 1);
    }

    @Test
    void judge_partnerThatNoQueryOfTheWindowNeeds_incompleteAllTheSame() throws Exception {
        List<Verdict> verdicts = new ArrayList<>(room.sealAll(60));
        verdicts.removeIf(it -> it.partner() == ADVERTISER);
        assertRefused(judge(verdicts), WithheldReason.INCOMPLETE, "advertiser", 0);
    }

    @Test
    void judge_closingSealWithoutThePart_incomplete() throws Exception {
        List<Verdict> verdicts =
                List.of(
                        room.seal(PUBLISHER, 1, end),
                        room.seal(PUBLISHER, 0, end),
                        room.sealWith(
                                ADVERTISER,
                                end,
                                part ->
                                        new WindowPart(
                                                part.start() - 1,
                                                part.end(),
                                                part.commitment(),
                                                part.commitmentSignature(),
                                                part.shareCommitment(),
                                                part.secrets())));
        assertRefused(judge(verdicts), WithheldReason.INCOMPLETE, "advertiser", 0);
    }

    @Test
    void judge_reanchored_brokenEvenIfAnotherPartitionIsOpen() throws Exception {
        List<Verdict> verdicts =
                List.of(
                        room.seal(PUBLISHER, 1, room.room.minute(20)),
                        ReleaseRoom.verdict(
                                PUBLISHER, room.publisher.reanchor(1, room.room.minute(40))));
        assertRefused(judge(verdicts), WithheldReason.BROKEN, "publisher", 1);
    }

    @Test
    void judge_windowAfterTheReanchoring_normal() throws Exception {
        room.publisher.append(1, new byte[] {1});
        room.publisher.reanchor(1, end);
        room.seal(PUBLISHER, 0, end);
        room.seal(ADVERTISER, 0, end);
        assertThat(judge(room.sealAll(120), end, room.room.minute(120)))
                .isInstanceOf(WindowInputs.class);
    }

    @Test
    void judge_commitmentSignedByAnother_totalsSignature() throws Exception {
        assertRefused(
                judgeAltered(part -> with(part, signed(part, "publisher"))),
                WithheldReason.TOTALS_SIGNATURE,
                "advertiser",
                null);
    }

    @Test
    void judge_signatureOfNothing_totalsSignature() throws Exception {
        Bytes zeros = Bytes.of(new byte[Secp256k1.SIGNATURE_LENGTH]);
        assertRefused(
                judgeAltered(part -> with(part, zeros)),
                WithheldReason.TOTALS_SIGNATURE,
                "advertiser",
                null);
    }

    @Test
    void judge_noSecretForThisNode_secrets() throws Exception {
        assertRefused(
                judgeAltered(
                        part ->
                                withSecrets(
                                        part,
                                        part.secrets().stream()
                                                .filter(it -> !it.recipient().equals("node-one"))
                                                .toList())),
                WithheldReason.SECRETS,
                "advertiser",
                null);
    }

    @Test
    void judge_secretOfAnotherWindow_secrets() throws Exception {
        assertRefused(
                judgeAltered(
                        part ->
                                withSecrets(
                                        part, secrets(part.end(), part.end() + 1, "advertiser"))),
                WithheldReason.SECRETS,
                "advertiser",
                null);
    }

    @Test
    void judge_commitmentOfOtherCounts_totalsCommitment() throws Exception {
        List<Verdict> verdicts = new ArrayList<>(room.sealAll(60));
        // Partition 1 closes with one record more than the partner committed to.
        verdicts.replaceAll(
                it ->
                        it.partner() == PUBLISHER && it.partition() == 1
                                ? new Verdict(
                                        it.partner(),
                                        it.partition(),
                                        it.from(),
                                        it.to(),
                                        it.count() + 1,
                                        it.head(),
                                        it.reanchor(),
                                        it.seal())
                                : it);
        assertRefused(judge(verdicts), WithheldReason.TOTALS_COMMITMENT, "publisher", null);
    }

    @Test
    void judge_otherShareThanCommitted_shareCommitment() throws Exception {
        assertRefused(
                judgeAltered(
                        part ->
                                new WindowPart(
                                        part.start(),
                                        part.end(),
                                        part.commitment(),
                                        part.commitmentSignature(),
                                        Bytes32.ZERO,
                                        part.secrets())),
                WithheldReason.SHARE_COMMITMENT,
                "advertiser",
                null);
    }

    @Test
    void judge_shareOfAnotherPartner_duplicateShare() throws Exception {
        byte[] copied = room.publisher.windowParts().share(start, end);
        assertRefused(
                judgeAltered(
                        part ->
                                new WindowPart(
                                        part.start(),
                                        part.end(),
                                        part.commitment(),
                                        part.commitmentSignature(),
                                        Totals.shareCommitment(
                                                room.room.identity(),
                                                "advertiser",
                                                start,
                                                end,
                                                copied),
                                        secrets(start, end, "publisher"))),
                WithheldReason.DUPLICATE_SHARE,
                null,
                null);
    }

    @Test
    void construct_keyOrNameThatThePolicyDoesNotKnow_refused() {
        SecretBytes other = SecretBytes.copyOf(TestingKeys.hpkeKey("another"));
        assertThatThrownBy(
                        () ->
                                new VerdictRules(
                                        room.room.policy(),
                                        room.room.identity(),
                                        "node-one",
                                        other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node-one must be a node or auditor");
        SecretBytes key = SecretBytes.copyOf(TestingKeys.hpkeKey("node-one"));
        assertThatThrownBy(
                        () ->
                                new VerdictRules(
                                        room.room.policy(), room.room.identity(), "nobody", key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The publisher is honest, the advertiser's part is altered. */
    private WindowOutcome judgeAltered(UnaryOperator<WindowPart> alteration) throws Exception {
        return judge(
                List.of(
                        room.seal(PUBLISHER, 1, end),
                        room.seal(PUBLISHER, 0, end),
                        room.sealWith(ADVERTISER, end, alteration)));
    }

    private WindowOutcome judge(List<Verdict> verdicts) throws Exception {
        return judge(verdicts, start, end);
    }

    private WindowOutcome judge(List<Verdict> verdicts, long from, long to) throws Exception {
        return room.rules()
                .judge(
                        from,
                        to,
                        (partner, partition) -> {
                            @Nullable PartitionCover cover = null;
                            for (Verdict verdict : verdicts) {
                                if (verdict.partner() == partner
                                        && verdict.partition() == partition) {
                                    cover =
                                            (cover == null ? PartitionCover.NONE : cover)
                                                    .with(verdict, from, to);
                                }
                            }
                            return cover;
                        });
    }

    private static void assertRefused(
            WindowOutcome outcome,
            WithheldReason reason,
            @Nullable String partner,
            @Nullable Integer partition) {
        assertThat(outcome).isEqualTo(new WindowOutcome.Refused(reason, partner, partition));
    }

    private Bytes signed(WindowPart part, String signer) {
        Bytes32 structHash =
                Totals.structHash(
                        "advertiser",
                        room.room.identity().policyHash(),
                        part.start(),
                        part.end(),
                        part.commitment());
        return Bytes.of(
                Secp256k1.sign(
                        room.room.identity().digest(structHash), TestingKeys.chainKey(signer)));
    }

    /** The advertiser's salt of the first hour with somebody's share, bound to some window. */
    private List<RecipientSecret> secrets(long from, long to, String sharer) {
        byte[] plaintext = new byte[WindowSecrets.PLAINTEXT_LENGTH];
        byte[] salt = room.advertiser.windowParts().salt(start, end);
        byte[] share =
                (sharer.equals("publisher") ? room.publisher : room.advertiser)
                        .windowParts()
                        .share(start, end);
        System.arraycopy(salt, 0, plaintext, 0, salt.length);
        System.arraycopy(share, 0, plaintext, salt.length, share.length);
        return List.of(
                WindowSecrets.seal(
                        "node-one",
                        TestingKeys.hpkePublicKey("node-one"),
                        WindowSecrets.aad(room.room.policy().room(), "advertiser", from, to),
                        plaintext));
    }

    private static WindowPart with(WindowPart part, Bytes signature) {
        return new WindowPart(
                part.start(),
                part.end(),
                part.commitment(),
                signature,
                part.shareCommitment(),
                part.secrets());
    }

    private static WindowPart withSecrets(WindowPart part, List<RecipientSecret> secrets) {
        return new WindowPart(
                part.start(),
                part.end(),
                part.commitment(),
                part.commitmentSignature(),
                part.shareCommitment(),
                secrets);
    }
}
