package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.util.List;

/**
 * A batch of blinded elements for one evaluator.
 *
 * @param requester name of the partner that asks
 * @param evaluator name of the partner that is asked
 * @param policyHash the room's policy
 * @param epoch epoch whose key share is wanted
 * @param requestId rises with every new request of the requester to this evaluator
 * @param elements 1 to 1024 compressed points of 33 bytes, as received
 * @param signature EIP-712 EvaluationRequest by the requester
 */
public record EvaluationRequest(
        String requester,
        String evaluator,
        Bytes32 policyHash,
        long epoch,
        long requestId,
        List<Bytes> elements,
        Bytes signature) {

    public static final int ELEMENTS_MAX = 1024;
    public static final int ELEMENT_LENGTH = 33;

    private static final Bytes32 TYPE =
            Digests.id(
                    "EvaluationRequest(bytes32 requester,bytes32 evaluator,bytes32"
                            + " policyHash,uint64 epoch,uint64 requestId,bytes32 elements)");

    public EvaluationRequest {
        elements = List.copyOf(elements);
    }

    /** The EIP-712 struct hash that the requester signs; the reply names it. */
    public Bytes32 structHash() {
        return new AbiWords()
                .bytes32(TYPE)
                .bytes32(Digests.id(requester))
                .bytes32(Digests.id(evaluator))
                .bytes32(policyHash)
                .uint(epoch)
                .uint(requestId)
                .bytes32(
                        Digests.sha256(
                                elements.stream().map(Bytes::toBytes).toArray(byte[][]::new)))
                .keccak256();
    }

    public EvaluationRequest signed(Bytes newSignature) {
        return new EvaluationRequest(
                requester, evaluator, policyHash, epoch, requestId, elements, newSignature);
    }
}
