package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.util.List;

/**
 * The answer to an {@link EvaluationRequest}.
 *
 * @param evaluator name of the partner that answers
 * @param requester name of the partner that asked
 * @param policyHash the room's policy
 * @param epoch epoch of the key share
 * @param requestId that of the request
 * @param request EIP-712 struct hash of the request
 * @param status OK or a refusal
 * @param elements evaluated elements, 33 bytes each; empty for a refusal
 * @param proof batched DLEQ proof c || s, 64 bytes; empty for a refusal
 * @param signature EIP-712 EvaluationReply by the evaluator
 */
public record EvaluationReply(
        String evaluator,
        String requester,
        Bytes32 policyHash,
        long epoch,
        long requestId,
        Bytes32 request,
        ReplyStatus status,
        List<Bytes> elements,
        Bytes proof,
        Bytes signature) {

    public static final int PROOF_LENGTH = 64;

    private static final Bytes32 TYPE =
            Digests.id(
                    "EvaluationReply(bytes32 evaluator,bytes32 requester,bytes32 policyHash,uint64"
                            + " epoch,uint64 requestId,bytes32 request,uint8 status,bytes32"
                            + " evaluation)");

    public EvaluationReply {
        elements = List.copyOf(elements);
    }

    /** The EIP-712 struct hash that the evaluator signs. */
    public Bytes32 structHash() {
        byte[][] parts = new byte[elements.size() + 1][];
        for (int i = 0; i < elements.size(); i++) {
            parts[i] = elements.get(i).toBytes();
        }
        parts[elements.size()] = proof.toBytes();
        return new AbiWords()
                .bytes32(TYPE)
                .bytes32(Digests.id(evaluator))
                .bytes32(Digests.id(requester))
                .bytes32(policyHash)
                .uint(epoch)
                .uint(requestId)
                .bytes32(request)
                .uint(status.code())
                .bytes32(Digests.sha256(parts))
                .keccak256();
    }

    public EvaluationReply signed(Bytes newSignature) {
        return new EvaluationReply(
                evaluator,
                requester,
                policyHash,
                epoch,
                requestId,
                request,
                status,
                elements,
                proof,
                newSignature);
    }
}
