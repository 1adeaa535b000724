package io.sealroom.cli.audit;

import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.pipeline.ReplayListener;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the replay gave for the windows of a period; what lies outside is let go. */
final class Replayed implements ReplayListener {

    private final Policy policy;
    private final boolean toTheEnd;
    private final Set<AuditedWindow> open;
    private final Consumer<Map<String, ReplayCounts>> progress;
    private final Map<AuditedWindow, ReleaseDocument> released = new HashMap<>();
    private final Map<AuditedWindow, Withheld> withheld = new HashMap<>();

    /**
     * @param progress told about once a second
     */
    Replayed(Policy policy, Period period, Consumer<Map<String, ReplayCounts>> progress) {
        this.policy = policy;
        this.toTheEnd = period.to() >= policy.endMillis();
        this.open = new HashSet<>(period.windows(policy));
        this.progress = progress;
    }

    @Override
    public void released(PendingRelease release) {
        ReleaseDocument document = release.document();
        AuditedWindow window = window(document.query(), document.start());
        if (open.remove(window)) {
            released.put(window, document);
        }
    }

    @Override
    public void withheld(Withheld reason) {
        AuditedWindow window = window(reason.query(), reason.start());
        if (open.remove(window)) {
            withheld.put(window, reason);
        }
    }

    private AuditedWindow window(String query, long start) {
        return new AuditedWindow(policy.query(query), start);
    }

    /** Later windows are not wanted, and nothing later changes these; at the end all is counted. */
    @Override
    public boolean satisfied() {
        return !toTheEnd && open.isEmpty();
    }

    @Override
    public void progress(Map<String, ReplayCounts> counts) {
        progress.accept(counts);
    }

    /** The release, if the window was released. */
    Optional<ReleaseDocument> release(AuditedWindow window) {
        return Optional.ofNullable(released.get(window));
    }

    /** Why it was withheld, if it was. */
    Optional<Withheld> reason(AuditedWindow window) {
        return Optional.ofNullable(withheld.get(window));
    }
}
