package io.sealroom.partner.exchange;

import io.sealroom.partner.durable.DurableFile;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps evidence in files {@code evidence/<accused>-<request id>-<reason>.json}, the first of a
 * name. At most {@link #FILES_MAX} for each partner, so that none can hide what another does;
 * beyond that it is counted only. Safe for use by several threads.
 */
final class EvidenceStore {

    /** A file of two full batches takes 140 kB. */
    static final int FILES_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceStore.class);

    private final Path directory;
    private final Policy policy;
    private final Bytes32 policyHash;
    private final RoomKeys keys;
    private final ExchangeMetrics metrics;

    /**
     * @param state directory of this partner in this room; exists
     */
    EvidenceStore(Path state, Policy policy, RoomKeys keys, ExchangeMetrics metrics)
            throws IOException {
        this.directory = Files.createDirectories(state.resolve("evidence"));
        this.policy = policy;
        this.policyHash = policy.hash();
        this.keys = keys;
        this.metrics = metrics;
    }

    /**
     * Against an evaluator.
     *
     * @param replies signed by it: one, or two that contradict one another
     */
    void keep(EvidenceReason reason, EvaluationRequest request, EvaluationReply... replies) {
        String accused = request.evaluator();
        Bytes publicKey =
                keys.publicKeys(request.epoch())
                        .map(all -> all.key(policy.partnerIndex(accused).orElseThrow()).encoded())
                        .orElse(Bytes.EMPTY);
        Stream<Bytes> records =
                Stream.concat(
                        Stream.of(encoded(request)),
                        Stream.of(replies)
                                .map(reply -> Bytes.of(Codecs.EVALUATION_REPLY.encode(reply))));
        store(
                new Evidence(reason, accused, policyHash, publicKey, records.toList()),
                request.requestId());
    }

    /** Against a requester that signed both under one id. */
    void keepReusedId(EvaluationRequest first, EvaluationRequest second) {
        store(
                new Evidence(
                        EvidenceReason.ID_REUSED,
                        first.requester(),
                        policyHash,
                        Bytes.EMPTY,
                        List.of(encoded(first), encoded(second))),
                first.requestId());
    }

    private synchronized void store(Evidence evidence, long requestId) {
        Path file =
                directory.resolve(
                        String.format(
                                "%s-%d-%s.json", evidence.accused(), requestId, evidence.reason()));
        try {
            if (Files.exists(file)) {
                return;
            }
            if (count(evidence.accused()) >= FILES_MAX) {
                metrics.evidenceCountedOnly(evidence.accused());
                return;
            }
            DurableFile.write(file, evidence.toJson().getBytes(StandardCharsets.UTF_8));
            metrics.evidenceKept(evidence.accused(), evidence.reason());
            LOG.warn("evidence against {} kept: {}", evidence.accused(), file.getFileName());
        } catch (IOException e) {
            // The exchange goes on: what was refused stays refused without the file.
            LOG.warn("evidence against {} cannot be kept", evidence.accused(), e);
        }
    }

    private long count(String accused) throws IOException {
        // A partner's name may begin with another's: what follows it here is the id, all digits.
        String own = accused + "-\\d+-[A-Z_]+\\.json";
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(own)).count();
        }
    }

    private static Bytes encoded(EvaluationRequest request) {
        return Bytes.of(Codecs.EVALUATION_REQUEST.encode(request));
    }
}
