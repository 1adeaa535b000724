package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GoldenRecordTest {

    private static final JsonNode STRUCTS = Vectors.read("eip712.json").required("structs");

    private static Bytes32 golden(String struct) {
        return Vectors.bytes32(STRUCTS.required(struct).required("structHash"));
    }

    @Test
    void structHash_seal_equalsGolden() {
        assertThat(Samples.seal().structHash("publisher", 2)).isEqualTo(golden("Seal"));
    }

    @Test
    void structHash_requestAndReply_equalGolden() {
        assertThat(Samples.request().structHash()).isEqualTo(golden("EvaluationRequest"));
        assertThat(Samples.reply().structHash()).isEqualTo(golden("EvaluationReply"));
    }

    @Test
    void structHash_totals_equalsGolden() {
        WindowPart part = Samples.part();
        assertThat(
                        Totals.structHash(
                                "publisher",
                                Samples.seal().policyHash(),
                                part.start(),
                                part.end(),
                                part.commitment()))
                .isEqualTo(golden("Totals"));
    }

    @Test
    void structHash_releases_equalsGolden() {
        JsonNode vector = Vectors.read("eip712.json");
        SignedReleases releases = Samples.signedReleases();
        RoomIdentity identity = Vectors.identity(vector);
        assertThat(releases.structHash(identity.policyHash())).isEqualTo(golden("Releases"));
        assertThat(releases.digest(identity))
                .isEqualTo(Vectors.bytes32(STRUCTS.required("Releases").required("digest")));
    }

    /** Nothing of the list can be changed, left out or put elsewhere under one signature. */
    @Test
    void structHash_listChanged_differs() {
        Bytes32 policy = Digests.id("a policy");
        ReleaseEntry first = Samples.signedReleases().releases().get(0);
        ReleaseEntry second = Samples.signedReleases().releases().get(1);
        assertThat(
                        Stream.of(
                                        releases(first, second),
                                        releases(second, first),
                                        releases(first),
                                        releases(first, first),
                                        releases(
                                                first,
                                                new ReleaseEntry(
                                                        second.query(), first.releaseHash())))
                                .map(releases -> releases.structHash(policy)))
                .doesNotHaveDuplicates();
    }

    private static SignedReleases releases(ReleaseEntry... entries) {
        return SignedReleases.unsigned(Samples.START, Samples.END, List.of(entries));
    }

    /** Bytes on topics are frozen: a changed schema or codec fails here. */
    @Test
    void encode_samples_equalGoldenBytes() {
        assertGolden(
                "blinded-event.json", "exposure", Codecs.BLINDED_EVENT.encode(Samples.exposure()));
        assertGolden(
                "blinded-event.json",
                "conversion",
                Codecs.BLINDED_EVENT.encode(Samples.conversion()));
        assertGolden("seal.json", "seal", Codecs.SEAL.encode(Samples.seal()));
        assertGolden(
                "signed-releases.json",
                "signedReleases",
                Codecs.SIGNED_RELEASES.encode(Samples.signedReleases()));
    }

    private static void assertGolden(String file, String name, byte[] bytes) {
        assertThat(Bytes.of(bytes)).isEqualTo(Vectors.bytes(Vectors.read(file).required(name)));
    }
}
