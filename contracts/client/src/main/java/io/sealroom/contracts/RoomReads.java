package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** The contract's views and the ABI encoding of its actions, over one endpoint. */
final class RoomReads {

    private final ContractViews views;
    private final Room abi;

    RoomReads(ChainEndpoint endpoint, Account contract, Account caller) {
        this.views = new ContractViews(endpoint, contract, caller);
        this.abi =
                Room.load(
                        contract.hex(),
                        endpoint.web3j(),
                        new ReadonlyTransactionManager(endpoint.web3j(), caller.hex()),
                        new DefaultGasProvider());
    }

    // Views.

    Word policyHash() throws IOException {
        return views.word(abi.policyHash());
    }

    Word configurationHash() throws IOException {
        return views.word(abi.configurationHash());
    }

    int finalityDepth() throws IOException {
        return views.read(abi.finalityDepth(), BigInteger.class).intValueExact();
    }

    /** A partner; empty if the room has none at this index. */
    Optional<RoomConfiguration.Partner> partner(int index) throws IOException {
        try {
            Room.Partner partner =
                    views.read(abi.partner(AbiTypes.number(index)), Room.Partner.class);
            return Optional.of(AbiTypes.partner(partner));
        } catch (IllegalArgumentException noSuchPartner) {
            return Optional.empty();
        }
    }

    boolean approved() throws IOException {
        return views.read(abi.approved(), Boolean.class);
    }

    boolean active() throws IOException {
        return views.read(abi.active(), Boolean.class);
    }

    Optional<Word> keysCommitment(int partnerIndex) throws IOException {
        return recorded(views.word(abi.keysOf(AbiTypes.number(partnerIndex))));
    }

    boolean revealed(int partnerIndex) throws IOException {
        return views.read(abi.hasRevealed(AbiTypes.number(partnerIndex)), Boolean.class);
    }

    long closesAt() throws IOException {
        return views.read(abi.closesAt(), BigInteger.class).longValueExact();
    }

    boolean charged(Word query, long epoch) throws IOException {
        return views.read(abi.charged(query.toBytes(), AbiTypes.number(epoch)), Boolean.class);
    }

    Optional<Word> releaseHash(Word query, long start) throws IOException {
        return recorded(views.word(abi.releaseHash(query.toBytes(), AbiTypes.number(start))));
    }

    Optional<Word> totalsHash(long start, long end) throws IOException {
        return recorded(views.word(abi.totalsHash(AbiTypes.number(start), AbiTypes.number(end))));
    }

    boolean verifyRow(ReleasedRow row, ReleaseOffer release, Word totals, List<Word> proof)
            throws IOException {
        return views.read(
                abi.verifyRow(
                        AbiTypes.row(row),
                        AbiTypes.release(release),
                        totals.toBytes(),
                        AbiTypes.bytes(proof)),
                Boolean.class);
    }

    private static Optional<Word> recorded(Word word) {
        return word.isZero() ? Optional.empty() : Optional.of(word);
    }

    // Calldata.

    String approve(int partnerIndex, Word keys, Signature signature) {
        return abi.approve(AbiTypes.number(partnerIndex), keys.toBytes(), signature.toBytes())
                .encodeFunctionCall();
    }

    String reveal(int partnerIndex, List<EpochKey> keys, List<KeyProof> proofs) {
        return abi.reveal(
                        AbiTypes.number(partnerIndex),
                        keys.stream().map(AbiTypes::key).toList(),
                        proofs.stream().map(AbiTypes::proof).toList())
                .encodeFunctionCall();
    }

    String leaveFrom(int partnerIndex, long epoch, Signature signature) {
        return abi.leaveFrom(
                        AbiTypes.number(partnerIndex), AbiTypes.number(epoch), signature.toBytes())
                .encodeFunctionCall();
    }

    String proveTotalsEquivocation(
            int partnerIndex, long start, long end, TotalsOffer first, TotalsOffer second) {
        return abi.proveTotalsEquivocation(
                        AbiTypes.number(partnerIndex),
                        AbiTypes.number(start),
                        AbiTypes.number(end),
                        AbiTypes.totals(first),
                        AbiTypes.totals(second))
                .encodeFunctionCall();
    }

    String proveReleaseEquivocation(
            long start, long end, ReleaseEvidence first, ReleaseEvidence second) {
        return abi.proveReleaseEquivocation(
                        AbiTypes.number(start),
                        AbiTypes.number(end),
                        AbiTypes.evidence(first),
                        AbiTypes.evidence(second))
                .encodeFunctionCall();
    }

    String publish(WindowOffer offer) {
        return abi.publish(
                        AbiTypes.windowTotals(offer),
                        offer.releases().stream().map(AbiTypes::release).toList(),
                        offer.signatures().stream()
                                .map(given -> given.signature().toBytes())
                                .toList())
                .encodeFunctionCall();
    }
}
