package io.sealroom.partner.exchange;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.ReplyStatus;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publisher asks; the advertiser's answers pass through the hands of the test. */
@Timeout(60)
class TokenRequesterTest {

    private static final RetryTimes QUICK =
            new RetryTimes(Duration.ofMillis(150), Duration.ofMillis(300));

    private final TestRoom room = TestRoom.file("test-room");
    private final long epoch = room.policy().firstEpoch();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final TestingAgent advertiser;
    private final List<byte[]> sent = Collections.synchronizedList(new ArrayList<>());
    private final Path directory;
    private @Nullable TestingAgent publisher;

    TokenRequesterTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.advertiser = agent("advertiser", (evaluator, request) -> {});
    }

    @AfterEach
    void shutDown() {
        workers.shutdownNow();
    }

    @Test
    void tokens_severalBatches_areTheSameWhoeverAsksAndHoweverBlinded() throws Exception {
        List<NormalisedIdentifier> identifiers =
                IntStream.range(0, 10).mapToObj(i -> email("p" + i + "@example.org")).toList();
        List<Integer> progress = new ArrayList<>();

        Map<NormalisedIdentifier, Token> first =
                requester(honest(reply -> reply), 4).tokens(epoch, identifiers, progress::add);
        Map<NormalisedIdentifier, Token> second =
                requester(honest(reply -> reply), 3)
                        .tokens(epoch, identifiers.subList(5, 10), count -> {});

        assertThat(first).hasSize(10);
        assertThat(first.values()).doesNotHaveDuplicates();
        assertThat(first).containsAllEntriesOf(second);
        assertThat(progress).hasSize(3).isSorted().endsWith(10);
    }

    @Test
    void tokens_differentSpellings_meetInOneToken() throws Exception {
        TokenRequester requester = requester(honest(reply -> reply), 4);

        Token token = one(requester, email(" Ann@EXAMPLE.org"));

        assertThat(one(requester, email("ann@example.org"))).isEqualTo(token);
        assertThat(one(requester, email("ann@example.com"))).isNotEqualTo(token);
    }

    /** Replies that somebody else, or a careless evaluator, could put on the topic. */
    enum Forgery {
        GARBAGE,
        TAMPERED_BYTES,
        FOREIGN_SIGNATURE,
        OTHER_REQUEST_HASH,
        OTHER_EPOCH,
        OTHER_EPOCH_UNSIGNED,
        OTHER_POLICY,
        OTHER_EVALUATOR,
        OTHER_ID,
        FORGED_REFUSAL
    }

    @ParameterizedTest
    @EnumSource
    void tokens_forgedReplyBeforeTheTrueOne_isRefusedAndTheTrueOneUsed(Forgery forgery)
            throws Exception {
        TokenRequester requester =
                requester(reply -> List.of(forge(forgery, reply), encode(reply)), 4);

        Token token = one(requester, email("ann@example.org"));

        assertThat(token)
                .isEqualTo(one(requester(honest(reply -> reply), 4), email("ann@example.org")));
        assertThat(sent).hasSize(2);
    }

    /** Evidence is what the evaluator signed; what anybody can write to a topic is none. */
    @ParameterizedTest
    @EnumSource
    void tokens_forgedReply_isCountedAndKeptOnlyIfItsEvaluatorSignedIt(Forgery forgery)
            throws Exception {
        TokenRequester requester =
                requester(reply -> List.of(forge(forgery, reply), encode(reply)), 4);

        one(requester, email("ann@example.org"));

        TestingAgent asking = requireNonNull(publisher);
        assertThat(asking.metric("refused_replies", "advertiser", reason(forgery).name()))
                .isEqualTo(1);
        List<EvidenceReason> kept = asking.evidence().stream().map(Evidence::reason).toList();
        switch (forgery) {
            case OTHER_REQUEST_HASH ->
                    assertThat(kept).containsExactly(EvidenceReason.OTHER_REQUEST);
            case OTHER_EPOCH -> assertThat(kept).containsExactly(EvidenceReason.OTHER_EPOCH);
            default -> assertThat(kept).isEmpty();
        }
    }

    private static ReplyRefusal reason(Forgery forgery) {
        return switch (forgery) {
            case GARBAGE -> ReplyRefusal.UNDECODABLE;
            case TAMPERED_BYTES, FOREIGN_SIGNATURE, FORGED_REFUSAL -> ReplyRefusal.SIGNATURE;
            case OTHER_REQUEST_HASH -> ReplyRefusal.OTHER_REQUEST;
            case OTHER_EPOCH, OTHER_EPOCH_UNSIGNED -> ReplyRefusal.OTHER_EPOCH;
            case OTHER_POLICY -> ReplyRefusal.OTHER_POLICY;
            case OTHER_EVALUATOR -> ReplyRefusal.OTHER_PARTIES;
            case OTHER_ID -> ReplyRefusal.UNKNOWN_REQUEST;
        };
    }

    @Test
    void tokens_replyLost_sendsTheSameBytesAgain() throws Exception {
        TokenRequester requester =
                requester(reply -> sent.size() == 1 ? List.of() : List.of(encode(reply)), 4);

        one(requester, email("ann@example.org"));

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
    }

    @Test
    void tokens_notReadyThenReady_asksAgainUnderANewId() throws Exception {
        TokenRequester requester =
                requester(
                        honest(
                                reply ->
                                        sent.size() == 1
                                                ? AlteredReply.refusal(reply, ReplyStatus.NOT_READY)
                                                : reply),
                        4);

        one(requester, email("ann@example.org"));

        assertThat(ids()).hasSize(2).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tokens_evicted_asksAgainUnderANewId() throws Exception {
        TokenRequester requester =
                requester(
                        honest(
                                reply ->
                                        sent.size() == 1
                                                ? AlteredReply.refusal(reply, ReplyStatus.EVICTED)
                                                : reply),
                        4);

        one(requester, email("ann@example.org"));

        assertThat(ids()).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_EPOCH", "QUOTA_EXCEEDED", "MALFORMED"})
    void tokens_signedRefusal_endsTheRunNamingPartnerAndReason(ReplyStatus status)
            throws Exception {
        TokenRequester requester =
                requester(honest(reply -> AlteredReply.refusal(reply, status)), 4);

        assertUnavailable(requester, "partner advertiser", status.name());
        assertThatThrownBy(() -> two(requester))
                .isInstanceOfSatisfying(
                        PartnerRefusesException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(status);
                            assertThat(e.evaluator()).isEqualTo("advertiser");
                        });
    }

    @Test
    void tokens_quotaExceeded_saysHowLargeItIsAndWhenTheNextBegins() throws Exception {
        TokenRequester requester =
                requester(
                        honest(reply -> AlteredReply.refusal(reply, ReplyStatus.QUOTA_EXCEEDED)),
                        4);
        EpochRule rule = new EpochRule(room.policy(), Clock.systemUTC());

        assertUnavailable(
                requester, "200000 elements", "next epoch begins at " + rule.nextEpochBegins());
    }

    @Test
    void tokens_afterACallThatFailed_worksForTheNext() throws Exception {
        TokenRequester requester =
                requester(
                        honest(
                                reply ->
                                        sent.size() == 1
                                                ? AlteredReply.refusal(
                                                        reply, ReplyStatus.QUOTA_EXCEEDED)
                                                : reply),
                        2);
        List<NormalisedIdentifier> identifiers =
                IntStream.range(0, 6).mapToObj(i -> email("p" + i + "@example.org")).toList();

        assertThatThrownBy(() -> requester.tokens(epoch, identifiers, count -> {}))
                .isInstanceOf(PartnerRefusesException.class);

        assertThat(requester.tokens(epoch, identifiers, count -> {})).hasSize(6);
    }

    @Test
    void tokens_evictedAgainAndAgain_leavesOutMoreIdsEachTime() throws Exception {
        TokenRequester requester =
                requester(
                        honest(
                                reply ->
                                        sent.size() <= 3
                                                ? AlteredReply.refusal(reply, ReplyStatus.EVICTED)
                                                : reply),
                        4);

        one(requester, email("ann@example.org"));

        List<Long> ids = ids();
        assertThat(ids).hasSize(4);
        assertThat(ids.get(1) - ids.get(0)).isEqualTo(1024 + 1);
        assertThat(ids.get(2) - ids.get(1)).isEqualTo(16 * 1024 + 1);
        assertThat(ids.get(3) - ids.get(2)).isEqualTo(256 * 1024 + 1);
    }

    @Test
    void tokens_secondReplyThatSaysOtherwise_isKeptAsContradiction() throws Exception {
        TokenRequester requester =
                requester(
                        reply ->
                                List.of(
                                        encode(reply),
                                        encode(
                                                signed(
                                                        AlteredReply.refusal(
                                                                reply,
                                                                ReplyStatus.QUOTA_EXCEEDED)))),
                        4);

        one(requester, email("ann@example.org"));

        assertConvicted(EvidenceReason.CONTRADICTION, 1);
    }

    @Test
    void tokens_forgedContradiction_isNoEvidence() throws Exception {
        TokenRequester requester =
                requester(
                        reply ->
                                List.of(
                                        encode(reply),
                                        encode(
                                                AlteredReply.refusal(
                                                        reply, ReplyStatus.QUOTA_EXCEEDED))),
                        4);

        one(requester, email("ann@example.org"));

        assertThat(requireNonNull(publisher).evidence()).isEmpty();
    }

    @Test
    void tokens_wrongProofUnderTheOwnSignature_isAskedAgainAndThenEndsTheRun() throws Exception {
        TokenRequester requester = requester(honest(AlteredReply::reordered), 4);

        assertUnavailable(requester, "advertiser", "PROOF_INVALID");
        assertThat(ids()).hasSize(3).doesNotHaveDuplicates();
        assertConvicted(EvidenceReason.PROOF_INVALID, 3);
    }

    @Test
    void tokens_fewerElementsUnderTheOwnSignature_isRefused() throws Exception {
        TokenRequester requester =
                requester(
                        honest(
                                reply ->
                                        AlteredReply.withEvaluation(
                                                reply,
                                                reply.elements().subList(0, 1),
                                                reply.proof())),
                        4);

        assertUnavailable(requester, "advertiser", "MALFORMED");
        assertConvicted(EvidenceReason.MALFORMED, 3);
    }

    private void assertConvicted(EvidenceReason reason, int times) throws IOException {
        EvidenceCheck check = new EvidenceCheck(room.policy(), room.roomFile());
        assertThat(requireNonNull(publisher).evidence())
                .hasSize(times)
                .extracting(check::check)
                .containsOnly(new EvidenceFinding.Convicts("advertiser", reason));
    }

    @Test
    void tokens_oneWrongProofThenATrueOne_goesOn() throws Exception {
        TokenRequester requester =
                requester(
                        honest(reply -> sent.size() == 1 ? AlteredReply.reordered(reply) : reply),
                        4);

        Map<NormalisedIdentifier, Token> tokens = two(requester);

        assertThat(tokens).hasSize(2);
    }

    @Test
    void tokens_epochWithoutKeys_isRefused() throws Exception {
        TokenRequester requester = requester(honest(reply -> reply), 4);

        assertThatThrownBy(() -> requester.tokens(epoch + 1, List.of(email("a@b")), count -> {}))
                .hasMessageContaining("there are no OPRF keys of epoch " + (epoch + 1));
    }

    @Test
    void onFailure_endsTheRun() throws Exception {
        TokenRequester requester = requester(reply -> List.of(), 4);
        requester.onFailure(AgentException.unavailable(null, "the other thread ended"));

        assertUnavailable(requester, "the other thread ended");
    }

    @Test
    void onFailure_endsLaterRequestersToo() throws Exception {
        requester(reply -> List.of(), 4);
        TestingAgent asking = requireNonNull(publisher);
        asking.fail(AgentException.unavailable(null, "the other thread ended"));

        assertUnavailable(asking.requester(4), "the other thread ended");
    }

    @Test
    void newRequester_moreThanAnEvaluatorRemembersIdsFor_isRefused() throws Exception {
        assertThat(ExchangeCore.REQUESTERS_MAX * TokenRun.BATCHES_MAX)
                .isLessThan(QuotaState.REMEMBERED_MAX);
        requester(reply -> List.of(), 4);
        TestingAgent asking = requireNonNull(publisher);
        for (int i = 1; i < ExchangeCore.REQUESTERS_MAX; i++) {
            asking.requester(4);
        }

        assertThatThrownBy(() -> asking.requester(4)).isInstanceOf(IllegalStateException.class);
    }

    private void assertUnavailable(TokenRequester requester, String... texts) {
        assertThatThrownBy(() -> two(requester))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContainingAll(texts);
    }

    private Map<NormalisedIdentifier, Token> two(TokenRequester requester)
            throws AgentException, InterruptedException {
        return requester.tokens(
                epoch, List.of(email("ann@example.org"), email("bob@example.org")), count -> {});
    }

    private Token one(TokenRequester requester, NormalisedIdentifier identifier)
            throws AgentException, InterruptedException {
        return requester.tokens(epoch, List.of(identifier), count -> {}).values().iterator().next();
    }

    /** What the topic holds for one request, in place of the advertiser's reply. */
    private interface Hands {
        List<byte[]> replies(EvaluationReply reply);
    }

    /** One reply, signed by the advertiser whatever it says. */
    private Hands honest(UnaryOperator<EvaluationReply> change) {
        return reply -> List.of(encode(signed(change.apply(reply))));
    }

    private TestingAgent agent(String name, RequestChannel channel) throws IOException {
        return new TestingAgent(
                room.member(name),
                room.roomKeys(name),
                directory.resolve(name),
                Clock.systemUTC(),
                System::nanoTime,
                QUICK,
                Runnable::run,
                workers,
                channel);
    }

    private TokenRequester requester(Hands hands, int batchSize) throws IOException {
        CompletableFuture<TestingAgent> self = new CompletableFuture<>();
        RequestChannel channel =
                (evaluator, request) -> {
                    sent.add(request);
                    Answer.Reply answer = (Answer.Reply) advertiser.answer(request);
                    EvaluationReply reply =
                            Codecs.EVALUATION_REPLY
                                    .decode(answer.bytes().join())
                                    .toOptional()
                                    .orElseThrow();
                    for (byte[] bytes : hands.replies(reply)) {
                        try {
                            self.join().router().onReply(evaluator, bytes);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                };
        publisher = agent("publisher", channel);
        self.complete(publisher);
        return publisher.requester(batchSize);
    }

    private byte[] forge(Forgery forgery, EvaluationReply r) {
        EvaluationReply forged =
                switch (forgery) {
                    case GARBAGE -> r;
                    case TAMPERED_BYTES ->
                            AlteredReply.withEvaluation(r, r.elements().subList(0, 0), r.proof());
                    case FOREIGN_SIGNATURE ->
                            r.signed(
                                    room.keys("publisher")
                                            .chain()
                                            .sign(room.identity().digest(r.structHash())));
                    case OTHER_REQUEST_HASH -> signed(AlteredReply.withRequest(r, r.policyHash()));
                    case OTHER_EPOCH -> signed(AlteredReply.withEpoch(r, epoch + 1));
                    case OTHER_EPOCH_UNSIGNED -> AlteredReply.withEpoch(r, epoch + 1);
                    case OTHER_POLICY -> signed(AlteredReply.withPolicy(r, Bytes32.ZERO));
                    case OTHER_EVALUATOR -> signed(AlteredReply.from(r, "publisher"));
                    case OTHER_ID -> signed(AlteredReply.withId(r, r.requestId() + 1));
                    case FORGED_REFUSAL ->
                            AlteredReply.refusal(r, ReplyStatus.QUOTA_EXCEEDED)
                                    .signed(r.signature());
                };
        byte[] encoded = encode(forged);
        return forgery == Forgery.GARBAGE ? Arrays.copyOf(encoded, 50) : encoded;
    }

    private EvaluationReply signed(EvaluationReply reply) {
        Bytes32 digest = room.identity().digest(reply.structHash());
        return reply.signed(room.keys("advertiser").chain().sign(digest));
    }

    private static byte[] encode(EvaluationReply reply) {
        return Codecs.EVALUATION_REPLY.encode(reply);
    }

    /** Ids of what was sent, in order. */
    private List<Long> ids() {
        return sent.stream()
                .map(
                        bytes ->
                                Codecs.EVALUATION_REQUEST
                                        .decode(bytes)
                                        .toOptional()
                                        .map(EvaluationRequest::requestId)
                                        .orElseThrow())
                .toList();
    }

    private static NormalisedIdentifier email(String text) {
        NormalisationOutcome outcome =
                IdentifierNormaliser.forRegion("US").normalise(IdentifierKind.EMAIL, text);
        return ((NormalisationOutcome.Normalised) outcome).identifier();
    }
}
