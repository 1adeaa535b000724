package io.sealroom.cli.audit;

import io.sealroom.cli.audit.Difference.Kind;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.ReleaseDocument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a window as it was replayed against the chain, and against what was released of it. */
final class WindowAudit {

    private final Replayed replayed;
    private final ChainRecord chain;
    private final Released released;
    private final SealTrails trails;
    private final Set<String> suspects;

    /**
     * @param suspects partners of whom seals were refused
     */
    WindowAudit(
            Replayed replayed,
            ChainRecord chain,
            Released released,
            SealTrails trails,
            Set<String> suspects) {
        this.replayed = replayed;
        this.chain = chain;
        this.released = released;
        this.trails = trails;
        this.suspects = Set.copyOf(suspects);
    }

    /** What is found of a window; the first difference decides. */
    Finding judge(AuditedWindow window) {
        ChainWindow recorded = chain.of(window);
        Optional<ReleaseDocument> release = replayed.release(window);
        if (release.isPresent()) {
            return released(window, recorded, release.get());
        }
        Optional<Withheld> withheld = replayed.reason(window);
        return withheld.isPresent() && withheld.get().reason() != WithheldReason.INCOMPLETE
                ? withheld(window, recorded, withheld.get())
                : incomplete(window, recorded, withheld);
    }

    /** The topics do not close the window: nobody can have published it out of them. */
    private Finding incomplete(
            AuditedWindow window, ChainWindow recorded, Optional<Withheld> withheld) {
        if (recorded.releaseHash().isEmpty()) {
            return Finding.notSealed(window, withheld.map(this::awaited).orElse(null));
        }
        Optional<SealTrail> trail = trails.endingBefore(window.end());
        return Finding.differs(
                window,
                null,
                new Difference(
                        Kind.HEADS,
                        "on chain, and not sealed in the topics"
                                + trail.map(it -> ": " + it.says()).orElse(""),
                        trail.map(SealTrail::place).orElse(null),
                        List.of()));
    }

    /** Offsets only where a seal was refused: they cost another reading of the topic. */
    private @Nullable Place awaited(Withheld withheld) {
        String partner = withheld.partner();
        Integer partition = withheld.partition();
        if (partner == null || partition == null) {
            return null;
        }
        return suspects.contains(partner)
                ? trails.of(partner).get(partition).place()
                : Place.of(partner, partition);
    }

    private Finding withheld(AuditedWindow window, ChainWindow recorded, Withheld withheld) {
        String reason = withheld.reason().name();
        if (recorded.releaseHash().isEmpty()) {
            return released.of(window).isEmpty()
                    ? Finding.withheld(window, reason, null)
                    : Finding.differs(
                            window,
                            null,
                            Difference.of(
                                    Kind.ROWS,
                                    String.format(
                                            "was released, and withheld in the replay (%s)",
                                            reason)));
        }
        boolean broken = withheld.reason() == WithheldReason.BROKEN;
        String partner = withheld.partner();
        String says = String.format("on chain, and withheld in the replay (%s)", reason);
        return Finding.differs(
                window,
                null,
                partner == null
                        ? Difference.of(Kind.TOTALS, says)
                        : Difference.at(
                                broken ? Kind.HEADS : Kind.TOTALS,
                                Place.of(partner, withheld.partition()),
                                says));
    }

    private Finding released(AuditedWindow window, ChainWindow recorded, ReleaseDocument document) {
        Word hash = ChainRecord.word(document.releaseHash());
        Optional<Difference> difference =
                new ReleaseDifferences(recorded, document, released.of(window)).first();
        if (difference.isPresent()) {
            return Finding.differs(window, hash.toString(), difference.get());
        }
        if (recorded.releaseHash().isEmpty()) {
            return Finding.notPublished(window, hash.toString());
        }
        return recorded.releaseHash().get().equals(RoomContract.WITHHELD)
                ? Finding.withheld(window, WithheldReason.BUDGET.name(), hash.toString())
                : Finding.same(window, hash.toString());
    }
}
