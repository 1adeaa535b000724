package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose signatures a room takes for what. */
final class InMemorySignatures {

    private static final Account NOBODY = new Account("0x" + "0".repeat(40));

    private final InMemoryPlan plan;
    private final Function<Account, @Nullable ContractWallet> wallets;

    InMemorySignatures(InMemoryPlan plan, Function<Account, @Nullable ContractWallet> wallets) {
        this.plan = plan;
        this.wallets = wallets;
    }

    void requireApprover(RoomConfiguration.Partner partner, Word digest, Signature signature) {
        @Nullable ContractWallet wallet = wallets.apply(partner.approver());
        boolean signed =
                wallet == null
                        ? isSignedBy(partner.approver(), digest, signature)
                        : wallet.isValidSignature(digest, signature);
        Revert.unless(signed, "NotSignedByApprover", partner.id(), partner.approver());
    }

    private static boolean isSignedBy(Account approver, Word digest, Signature signature) {
        try {
            return Recovery.recover(digest, signature).equals(approver);
        } catch (Revert malformed) {
            return false;
        }
    }

    void requireTotals(
            RoomConfiguration.Partner partner,
            long start,
            long end,
            Word commitment,
            Signature by) {
        Revert.unless(!commitment.isZero(), "ZeroCommitment", partner.id());
        Word digest = RoomDigests.totals(plan.location(), partner.id(), start, end, commitment);
        Account recovered = Recovery.recover(digest, by);
        Revert.unless(
                recovered.equals(partner.signer()),
                "WrongSigner",
                partner.id(),
                partner.signer(),
                recovered);
    }

    /** The nodes that signed; bit i is node i. */
    BigInteger requireQuorum(
            long start, long end, List<SignedRelease> releases, List<NodeSignature> signatures) {
        int quorum = plan.configuration().quorum();
        Revert.unless(signatures.size() >= quorum, "QuorumMissed", signatures.size(), quorum);
        Word digest = RoomDigests.releases(plan.location(), start, end, releases);
        BigInteger signers = BigInteger.ZERO;
        Account previous = NOBODY;
        for (NodeSignature signature : signatures) {
            Account signer = Recovery.recover(digest, signature.signature());
            Revert.unless(signer.compareTo(previous) > 0, "SignersNotAscending", previous, signer);
            signers = signers.setBit(seat(signer));
            previous = signer;
        }
        return signers;
    }

    /** The node that signed a list of releases. */
    Account signerOf(long start, long end, ReleaseEvidence evidence) {
        Word digest = RoomDigests.releases(plan.location(), start, end, evidence.releases());
        Account signer = Recovery.recover(digest, evidence.signature());
        return plan.configuration().nodes().get(seat(signer));
    }

    private int seat(Account signer) {
        int seat = plan.configuration().nodes().indexOf(signer);
        Revert.unless(seat >= 0, "NotANode", signer);
        return seat;
    }
}
