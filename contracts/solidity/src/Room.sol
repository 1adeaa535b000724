// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IBudgetLedger} from "./IBudgetLedger.sol";
import {IRoom} from "./IRoom.sol";
import {RoomCeremony} from "./RoomCeremony.sol";

/// @title Room
/// @notice One clean room. No owner, no upgrade, no pause: what the partners approved is what runs until the room ends.
/// @dev Reads go before writes in `publish`: an offer that differs from what is recorded returns an outcome instead of
/// reverting, because a revert would take the evidence with it.
contract Room is RoomCeremony, ReentrancyGuardTransient {
    // ---------------------------------------------------------------------------------------------------------- Constants

    bytes32 private constant TOTALS_TYPE =
        keccak256("Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32 commitment)");
    bytes32 private constant RELEASES_TYPE = keccak256(
        "Releases(bytes32 policyHash,uint64 start,uint64 end,Release[] releases)Release(bytes32 query,bytes32 releaseHash)"
    );
    bytes32 private constant RELEASE_TYPE = keccak256("Release(bytes32 query,bytes32 releaseHash)");
    bytes32 private constant RELEASE_TAG = keccak256("sealroom/release/v1");

    /// Stands where a release would. No hash equals it.
    bytes32 private constant WITHHELD = bytes32(uint256(1));

    // Four epochs share a word of charge marks, 64 queries each.
    uint256 private constant EPOCHS_PER_WORD = 4;

    // ------------------------------------------------------------------------------------------------------------ Storage

    /// @inheritdoc IRoom
    mapping(bytes32 query => mapping(uint64 start => bytes32)) public releaseHash;
    /// @inheritdoc IRoom
    mapping(uint64 start => mapping(uint64 end => bytes32)) public totalsHash;

    mapping(uint256 word => uint256 marks) private _charged;

    constructor(Configuration memory c) RoomCeremony(c) {}

    // ------------------------------------------------------------------------------------------------------------ Publish

    /// @inheritdoc IRoom
    /// @dev The ledger is the only contract called in between, and the partners chose it; the guard makes it a matter of no
    /// trust that it does not call back.
    function publish(WindowTotals calldata totals, ReleaseInput[] calldata releases, bytes[] calldata nodeSignatures)
        external
        nonReentrant
        returns (Outcome[] memory outcomes)
    {
        _requireOpen(totals.start, totals.end);
        require(releases.length != 0 && releases.length <= QUERIES_MAX, ReleaseCount(releases.length, QUERIES_MAX));

        bytes32 stored = totalsHash[totals.start][totals.end];
        bytes32 given = keccak256(abi.encode(totals.commitments));
        if (stored != given) _checkTotals(totals);
        bytes32[] memory offered = _hashReleases(totals, releases, given);
        uint256 signers = _checkQuorum(totals, releases, offered, nodeSignatures);

        bool differs = stored != 0 && stored != given;
        if (stored == 0) {
            totalsHash[totals.start][totals.end] = given;
            emit TotalsCommitted(totals.start, totals.end, totals.commitments);
        } else if (differs) {
            emit TotalsConflict(totals.start, totals.end, stored, totals.commitments);
        }
        outcomes = new Outcome[](releases.length);
        for (uint256 i = 0; i < releases.length; i++) {
            outcomes[i] = _record(totals.start, totals.end, releases[i], offered[i], signers, differs);
        }
    }

    /// Every commitment is freshly signed by its partner; nothing is written yet.
    function _checkTotals(WindowTotals calldata totals) private view {
        require(
            totals.commitments.length == SUPPLIERS && totals.signatures.length == SUPPLIERS,
            TotalsCount(totals.commitments.length, totals.signatures.length, SUPPLIERS)
        );
        uint256 next = 0;
        for (uint256 i = 0; i < PARTNERS; i++) {
            if ((SUPPLIER_SET >> i) & 1 == 0) continue;
            _requireTotals(i, totals.start, totals.end, totals.commitments[next], totals.signatures[next]);
            next++;
        }
    }

    function _requireTotals(
        uint256 partnerIndex,
        uint64 windowStart,
        uint64 windowEnd,
        bytes32 commitment,
        bytes calldata signature
    ) private view {
        Partner storage p = _partners[partnerIndex];
        bytes32 id = p.id;
        require(commitment != 0, ZeroCommitment(id));
        bytes32 structHash = keccak256(abi.encode(TOTALS_TYPE, id, policyHash, windowStart, windowEnd, commitment));
        address recovered = ECDSA.recoverCalldata(_hashTypedDataV4(structHash), signature);
        address signer = p.signer;
        require(recovered == signer, WrongSigner(id, signer, recovered));
    }

    function _hashReleases(WindowTotals calldata totals, ReleaseInput[] calldata releases, bytes32 given)
        private
        view
        returns (bytes32[] memory offered)
    {
        offered = new bytes32[](releases.length);
        for (uint256 i = 0; i < releases.length; i++) {
            _requireWindow(releases[i].query, totals.start, totals.end);
            require(releases[i].rowCount != 0, NoRows(releases[i].query, totals.start));
            offered[i] = _hashRelease(releases[i], totals.start, totals.end, given);
        }
    }

    /// A window of the query; that it lies inside the room is known.
    function _requireWindow(bytes32 id, uint64 windowStart, uint64 windowEnd) private view {
        uint64 window = _queries[id].windowMillis;
        require(window != 0, UnknownQuery(id));
        require(
            windowStart % window == 0 && windowEnd - windowStart == window,
            WindowNotOfQuery(id, windowStart, windowEnd, window)
        );
    }

    function _checkQuorum(
        WindowTotals calldata totals,
        ReleaseInput[] calldata releases,
        bytes32[] memory offered,
        bytes[] calldata nodeSignatures
    ) private view returns (uint256 signers) {
        require(nodeSignatures.length >= quorum, QuorumMissed(nodeSignatures.length, quorum));
        bytes32[] memory structs = new bytes32[](releases.length);
        for (uint256 i = 0; i < releases.length; i++) {
            structs[i] = keccak256(abi.encode(RELEASE_TYPE, releases[i].query, offered[i]));
        }
        bytes32 digest = _releasesDigest(totals.start, totals.end, structs);
        address previous = address(0);
        for (uint256 i = 0; i < nodeSignatures.length; i++) {
            address signer = ECDSA.recoverCalldata(digest, nodeSignatures[i]);
            require(signer > previous, SignersNotAscending(previous, signer));
            signers |= uint256(1) << _nodeIndex(signer);
            previous = signer;
        }
    }

    function _releasesDigest(uint64 windowStart, uint64 windowEnd, bytes32[] memory structs)
        private
        view
        returns (bytes32)
    {
        bytes32 list = keccak256(abi.encodePacked(structs));
        return _hashTypedDataV4(keccak256(abi.encode(RELEASES_TYPE, policyHash, windowStart, windowEnd, list)));
    }

    function _nodeIndex(address signer) private view returns (uint8) {
        Seat memory seat = _seats[signer];
        require(seat.role == Role.NODE, NotANode(signer));
        return seat.index;
    }

    function _record(
        uint64 windowStart,
        uint64 windowEnd,
        ReleaseInput calldata release,
        bytes32 offered,
        uint256 signers,
        bool differs
    ) private returns (Outcome) {
        bytes32 stored = releaseHash[release.query][windowStart];
        if (stored == offered) return Outcome.ALREADY_PUBLISHED;
        if (stored == WITHHELD) return Outcome.WITHHELD;
        if (differs || stored != 0) {
            emit Conflict(release.query, windowStart, windowEnd, stored, offered, signers);
            return Outcome.CONFLICT;
        }
        bytes32 short = _charge(release.query, windowStart);
        if (short != 0) {
            releaseHash[release.query][windowStart] = WITHHELD;
            emit Withheld(release.query, windowStart, windowEnd, offered, short, signers);
            return Outcome.WITHHELD;
        }
        releaseHash[release.query][windowStart] = offered;
        emit Published(release.query, windowStart, windowEnd, offered, release.root, release.rowCount, signers);
        return Outcome.PUBLISHED;
    }

    /// Once per query and epoch, with its first release. Gives the data set that cannot pay, else 0.
    function _charge(bytes32 id, uint64 windowStart) private returns (bytes32 short) {
        QueryTerms memory terms = _queries[id];
        uint64 epoch = windowStart / epochMillis;
        (uint256 word, uint256 mark) = _mark(terms.index, epoch);
        uint256 marks = _charged[word];
        if (marks & mark != 0) return 0;
        short = IBudgetLedger(ledger).charge(_datasets(terms.datasets), epoch, terms.charge, id, windowStart);
        if (short == 0) _charged[word] = marks | mark;
    }

    function _datasets(uint256 set) private view returns (bytes32[] memory datasets) {
        datasets = new bytes32[](PARTNERS);
        uint256 count = 0;
        for (uint256 i = 0; i < PARTNERS; i++) {
            if ((set >> i) & 1 == 1) datasets[count++] = _partners[i].dataset;
        }
        assembly ("memory-safe") {
            mstore(datasets, count)
        }
    }

    function _mark(uint8 index, uint64 epoch) private pure returns (uint256 word, uint256 mark) {
        return (epoch / EPOCHS_PER_WORD, uint256(1) << ((epoch % EPOCHS_PER_WORD) * QUERIES_MAX + index));
    }

    // ------------------------------------------------------------------------------------------------------- Equivocation

    /// @inheritdoc IRoom
    function proveTotalsEquivocation(
        uint256 partnerIndex,
        uint64 windowStart,
        uint64 windowEnd,
        SignedTotals calldata first,
        SignedTotals calldata second
    ) external {
        require(partnerIndex < PARTNERS, UnknownPartner(partnerIndex, PARTNERS));
        _requireInRoom(windowStart, windowEnd);
        require(first.commitment != second.commitment, NoEquivocation());
        _requireTotals(partnerIndex, windowStart, windowEnd, first.commitment, first.signature);
        _requireTotals(partnerIndex, windowStart, windowEnd, second.commitment, second.signature);
        emit TotalsEquivocation(_partners[partnerIndex].id, windowStart, windowEnd, first.commitment, second.commitment);
    }

    /// @inheritdoc IRoom
    function proveReleaseEquivocation(
        uint64 windowStart,
        uint64 windowEnd,
        SignedReleases calldata first,
        SignedReleases calldata second
    ) external {
        _requireInRoom(windowStart, windowEnd);
        Release calldata a = first.releases[first.index];
        Release calldata b = second.releases[second.index];
        address node = _signerOf(windowStart, windowEnd, first);
        require(
            a.query == b.query && a.releaseHash != b.releaseHash && node == _signerOf(windowStart, windowEnd, second),
            NoEquivocation()
        );
        emit ReleaseEquivocation(node, a.query, windowStart, windowEnd, a.releaseHash, b.releaseHash);
    }

    /// Evidence of times that no window has would be an event that every reader of this room has to put up with.
    function _requireInRoom(uint64 windowStart, uint64 windowEnd) private view {
        require(
            windowStart >= start && windowStart < windowEnd && windowEnd <= end,
            WindowOutOfRoom(windowStart, windowEnd, end)
        );
    }

    function _signerOf(uint64 windowStart, uint64 windowEnd, SignedReleases calldata signed)
        private
        view
        returns (address signer)
    {
        bytes32[] memory structs = new bytes32[](signed.releases.length);
        for (uint256 i = 0; i < structs.length; i++) {
            structs[i] = keccak256(abi.encode(RELEASE_TYPE, signed.releases[i]));
        }
        signer = ECDSA.recoverCalldata(_releasesDigest(windowStart, windowEnd, structs), signed.signature);
        _nodeIndex(signer);
    }

    // -------------------------------------------------------------------------------------------------------------- Views

    /// @inheritdoc IRoom
    function charged(bytes32 id, uint64 epoch) external view returns (bool) {
        require(_queries[id].windowMillis != 0, UnknownQuery(id));
        (uint256 word, uint256 mark) = _mark(_queries[id].index, epoch);
        return _charged[word] & mark != 0;
    }

    /// @inheritdoc IRoom
    function verifyRow(Row calldata row, ReleaseInput calldata release, bytes32 totals, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(row))));
        return row.query == release.query && row.index < release.rowCount
            && releaseHash[row.query][row.start] == _hashRelease(release, row.start, row.end, totals)
            && MerkleProof.verifyCalldata(proof, release.root, leaf);
    }

    /// @inheritdoc IRoom
    function hashRelease(ReleaseInput calldata release, uint64 windowStart, uint64 windowEnd, bytes32 totals)
        external
        view
        returns (bytes32)
    {
        return _hashRelease(release, windowStart, windowEnd, totals);
    }

    function _hashRelease(ReleaseInput calldata release, uint64 windowStart, uint64 windowEnd, bytes32 totals)
        private
        view
        returns (bytes32)
    {
        // In two parts of whole words, because one call cannot take this many values.
        bytes memory head =
            abi.encode(RELEASE_TAG, uint256(semantics), block.chainid, address(this), room, policyHash, release.query);
        bytes memory tail =
            abi.encode(windowStart, windowEnd, release.rowCount, release.root, totals, release.mechanisms);
        return keccak256(bytes.concat(head, tail));
    }
}
