package io.sealroom.cli.audit;

import io.sealroom.cli.Inputs;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that a node has released, of the windows of a period. Of two releases of one window the
 * first counts, and a second one that differs is an alarm.
 */
final class Released implements RecordTopic.Receiver<Release> {

    private final Policy policy;
    private final Period period;
    private final Map<AuditedWindow, ReleaseDocument> documents = new HashMap<>();
    private final List<String> alarms = new ArrayList<>();

    /** With no release yet. */
    Released(Policy policy, Period period) {
        this.policy = policy;
        this.period = period;
    }

    /**
     * Takes a file as {@code sealroom releases --format jsonl} writes it.
     *
     * @throws UsageException if it cannot be read, or a line is no release
     */
    void readFile(Path file) {
        try (BufferedReader lines = Inputs.lines(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                record(ReleaseJson.parse(line, ++number));
            }
        } catch (ReleaseJsonException e) {
            throw new UsageException(
                    String.format("%s holds what is no release: %s", file, e.getMessage()));
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    @Override
    public void record(Release release) {
        ReleaseDocument document = release.pending().document();
        Optional<Query> query =
                policy.queries().stream()
                        .filter(known -> known.name().equals(document.query()))
                        .findFirst();
        if (query.isEmpty() || !period.contains(document.start(), document.end())) {
            return;
        }
        AuditedWindow window = new AuditedWindow(query.get(), document.start());
        ReleaseDocument first = documents.putIfAbsent(window, document);
        if (first != null && !first.equals(document)) {
            alarms.add(window + ": released twice, and differently");
        }
    }

    @Override
    public void refused(int partition, long offset, Decoded.Fault fault) {
        alarms.add(
                String.format(
                        "the releases topic holds no release at partition %d, offset %d: %s",
                        partition, offset, fault));
    }

    @Override
    public void pause() {}

    Optional<ReleaseDocument> of(AuditedWindow window) {
        return Optional.ofNullable(documents.get(window));
    }

    List<String> alarms() {
        return List.copyOf(alarms);
    }
}
