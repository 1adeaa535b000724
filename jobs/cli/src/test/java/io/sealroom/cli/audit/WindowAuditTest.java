package io.sealroom.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.cli.audit.Difference.Kind;
import io.sealroom.cli.audit.Finding.Status;
import io.sealroom.cli.kafka.CommittedTopics;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.testing.TestingRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a window, without a replay: releases here are made by hand. */
class WindowAuditTest {

    private final AuditedRoom room;
    private final Period period;
    private final AuditedWindow window;
    private final Replayed replayed;
    private final Released released;

    WindowAuditTest(@TempDir Path directory) throws IOException {
        room = new AuditedRoom("small-room", directory);
        period = Period.of(room.policy(), null, null);
        window = new AuditedWindow(room.policy().query("email-overlap"), room.minute(0));
        replayed = new Replayed(room.policy(), period, counts -> {});
        released = new Released(room.policy(), period);
    }

    private Finding judge() throws IOException {
        ChainRecord chain = ChainRecord.read(room.contract(), 0, room.policy(), period);
        // Nobody listens: what is asked of the topics here would fail the test.
        try (CommittedTopics log = new CommittedTopics("127.0.0.1:1", Duration.ofSeconds(1))) {
            SealTrails trails =
                    new SealTrails(room.policy(), room.file().identity(room.policy()), log);
            return new WindowAudit(replayed, chain, released, trails, Set.of()).judge(window);
        }
    }

    private WindowPart part(Partner partner, long records) {
        List<ChainHead> heads = new ArrayList<>();
        for (int partition = 0; partition < partner.partitions(); partition++) {
            heads.add(new ChainHead(records, Digests.id("head " + partition)));
        }
        return room.partner(partner.name()).windowParts().part(window.start(), window.end(), heads);
    }

    private ReleaseDocument document(long records, long value, long threshold) throws IOException {
        List<TotalsEntry> totals = new ArrayList<>();
        for (Partner partner : room.policy().suppliers()) {
            WindowPart part = part(partner, records);
            totals.add(
                    new TotalsEntry(partner.name(), part.commitment(), part.commitmentSignature()));
        }
        return TestingRelease.ofTotal(
                room.file().identity(room.policy()),
                room.policy().semantics(),
                window.query().name(),
                window.start(),
                window.end(),
                value,
                threshold,
                totals);
    }

    private ReleaseDocument honest() throws IOException {
        return document(10, 100, 5);
    }

    private void replay(ReleaseDocument document) {
        replayed.released(PendingRelease.of(document));
    }

    private void withhold(
            WithheldReason reason, @Nullable String partner, @Nullable Integer partition) {
        replayed.withheld(
                new Withheld(
                        window.query().name(),
                        window.start(),
                        window.end(),
                        reason,
                        partner,
                        partition));
    }

    private void release(ReleaseDocument document) {
        released.record(
                new Release(
                        PendingRelease.of(document),
                        new Receipt(Digests.id("transaction"), 1, Digests.id("block"))));
    }

    private void publish(ReleaseDocument document) {
        assertThat(room.publish(document)).isInstanceOf(PublishOutcome.Accepted.class);
    }

    private static Difference difference(Finding finding, Kind kind) {
        assertThat(finding.status()).isEqualTo(Status.DIFFERS);
        Difference difference = Objects.requireNonNull(finding.difference());
        assertThat(difference.kind()).isEqualTo(kind);
        return difference;
    }

    @Test
    void judge_publishedAndReleased_isSame() throws IOException {
        publish(honest());
        replay(honest());
        release(honest());
        assertThat(judge()).isEqualTo(Finding.same(window, honest().releaseHash().toHex()));
    }

    @Test
    void judge_withheldOnBothSides_saysWhy() throws IOException {
        withhold(WithheldReason.BROKEN, "publisher", 1);
        assertThat(judge()).isEqualTo(Finding.withheld(window, "BROKEN", null));
    }

    @Test
    void judge_withheldAndReleased_differsInRows() throws IOException {
        withhold(WithheldReason.BROKEN, "publisher", 1);
        release(honest());
        assertThat(difference(judge(), Kind.ROWS).says())
                .isEqualTo("was released, and withheld in the replay (BROKEN)");
    }

    @Test
    void judge_releasedAndNothingOnChain_differsUnlessItIsWhatWasReplayed() throws IOException {
        replay(honest());
        release(honest());
        assertThat(judge()).isEqualTo(Finding.notPublished(window, honest().releaseHash().toHex()));
    }

    @Test
    void judge_otherRowReleasedAndNothingOnChain_differsInRows() throws IOException {
        replay(honest());
        release(document(10, 99, 5));
        Difference difference = difference(judge(), Kind.ROWS);
        assertThat(difference.rows()).containsExactly(0);
        assertThat(difference.says()).contains("the chain has nothing");
    }

    @Test
    void judge_brokenAndOnChain_differsInHeads() throws IOException {
        publish(honest());
        withhold(WithheldReason.BROKEN, "publisher", 1);
        assertThat(difference(judge(), Kind.HEADS).place()).isEqualTo(Place.of("publisher", 1));
    }

    @Test
    void judge_shareDoesNotOpenAndOnChain_differsInTotals() throws IOException {
        publish(honest());
        withhold(WithheldReason.SECRETS, "advertiser", null);
        Difference difference = difference(judge(), Kind.TOTALS);
        assertThat(difference.place()).isEqualTo(Place.of("advertiser", null));
        assertThat(difference.says()).contains("SECRETS");
    }

    @Test
    void judge_incompleteAndNothingOnChain_namesWhoIsAwaited() throws IOException {
        assertThat(judge()).isEqualTo(Finding.notSealed(window, null));
        withhold(WithheldReason.INCOMPLETE, "publisher", 1);
        assertThat(judge()).isEqualTo(Finding.notSealed(window, Place.of("publisher", 1)));
    }

    /** Totals come first: of another input another result is to be expected. */
    @Test
    void judge_otherTotalsAndOtherRows_differsInTotals() throws IOException {
        publish(document(11, 99, 5));
        replay(honest());
        release(document(11, 99, 5));
        assertThat(difference(judge(), Kind.TOTALS).place()).isEqualTo(Place.of("publisher", null));
    }

    @Test
    void judge_otherNoiseParameters_differsInHash() throws IOException {
        publish(document(10, 100, 6));
        replay(honest());
        release(document(10, 100, 6));
        assertThat(difference(judge(), Kind.HASH).says()).endsWith("; signed by node-one");
    }

    @Test
    void judge_otherRowOnChain_differsInRows() throws IOException {
        publish(document(10, 99, 5));
        replay(honest());
        release(document(10, 99, 5));
        assertThat(difference(judge(), Kind.ROWS).rows()).containsExactly(0);
    }

    @Test
    void judge_releasedIsNotOnChain_differsInRows() throws IOException {
        publish(honest());
        replay(honest());
        release(document(10, 100, 6));
        Difference difference = difference(judge(), Kind.ROWS);
        assertThat(difference.rows()).isEmpty();
        assertThat(difference.says()).startsWith("what was released is not what is on chain");
    }

    @Test
    void judge_quorumSignedSomethingElseToo_isConflict() throws IOException {
        publish(honest());
        assertThat(room.publish(document(10, 99, 5))).isInstanceOf(PublishOutcome.Conflict.class);
        replay(honest());
        assertThat(difference(judge(), Kind.CONFLICT).says())
                .contains(document(10, 99, 5).releaseHash().toHex());
    }

    @Test
    void judge_budgetCouldNotPay_isWithheldUnlessReleasedOrOffered() throws IOException {
        room.exhaustBudget();
        room.publish(honest());
        replay(honest());
        assertThat(judge())
                .isEqualTo(Finding.withheld(window, "BUDGET", honest().releaseHash().toHex()));
        release(honest());
        assertThat(difference(judge(), Kind.ROWS).says()).contains("has withheld it");
    }

    @Test
    void judge_budgetCouldNotPayForSomethingElse_differsInHash() throws IOException {
        room.exhaustBudget();
        room.publish(document(10, 99, 5));
        replay(honest());
        difference(judge(), Kind.HASH);
    }

    @Test
    void alarms_partnerSignedTwoCommitments_isNamed() throws IOException {
        List<TotalsOffer> offers = new ArrayList<>();
        for (long records : List.of(10L, 11L)) {
            WindowPart part = part(room.policy().partner("publisher"), records);
            offers.add(
                    new TotalsOffer(
                            AuditedRoom.word(part.commitment()),
                            Signature.of(part.commitmentSignature().toBytes())));
        }
        room.contract()
                .proveTotalsEquivocation(
                        0, window.start(), window.end(), offers.get(0), offers.get(1));
        ChainRecord chain = ChainRecord.read(room.contract(), 0, room.policy(), period);
        assertThat(chain.alarms())
                .singleElement()
                .asString()
                .contains("publisher signed two totals commitments");
        AuditReport report =
                new AuditReport(period, List.of(), Map.of(), List.of(), List.of(), chain.alarms());
        assertThat(report.same()).isFalse();
    }

    @Test
    void record_secondReleaseThatDiffers_isAnAlarm() throws IOException {
        release(honest());
        release(honest());
        assertThat(released.alarms()).isEmpty();
        release(document(10, 99, 5));
        assertThat(released.alarms()).hasSize(1);
        assertThat(released.of(window)).contains(honest());
    }
}
