// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IRoom} from "./IRoom.sol";

/// @title Room
/// @notice One clean room. No owner, no upgrade, no pause: what the partners approved is what runs until the room ends.
/// @dev Reads go before writes in `publish`: an offer that differs from what is recorded returns an outcome instead of
/// reverting, because a revert would take the evidence with it.
contract Room is IRoom, EIP712 {
    // ---------------------------------------------------------------------------------------------------------- Constants

    bytes32 private constant APPROVAL_TYPE = keccak256("Approval(bytes32 policyHash,bytes32 configuration)");
    bytes32 private constant TOTALS_TYPE =
        keccak256("Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32 commitment)");
    bytes32 private constant RELEASE_TYPE =
        keccak256("Release(bytes32 policyHash,bytes32 query,uint64 start,uint64 end,bytes32 releaseHash)");
    bytes32 private constant RELEASE_TAG = keccak256("sealroom/release/v1");

    // Bounds keep the constructor and publish far below the gas limit of a block.
    uint256 private constant PARTNERS_MAX = 16;
    uint256 private constant NODES_MAX = 32;
    uint256 private constant QUERIES_MAX = 64;

    // ------------------------------------------------------------------------------------------------------------ Storage

    enum Role {
        NONE,
        PARTNER,
        NODE
    }

    struct Seat {
        Role role;
        uint8 index;
    }

    /// @inheritdoc IRoom
    bytes32 public immutable configurationHash;
    /// @inheritdoc IRoom
    bytes32 public immutable room;
    /// @inheritdoc IRoom
    bytes32 public immutable policyHash;
    /// @inheritdoc IRoom
    uint64 public immutable start;
    /// @inheritdoc IRoom
    uint64 public immutable end;
    /// @inheritdoc IRoom
    uint32 public immutable semantics;
    /// @inheritdoc IRoom
    uint32 public immutable finalityDepth;
    /// @inheritdoc IRoom
    uint8 public immutable quorum;
    uint256 private immutable SUPPLIERS;

    /// @inheritdoc IRoom
    mapping(bytes32 query => uint64) public windowMillis;
    /// @inheritdoc IRoom
    mapping(bytes32 query => mapping(uint64 start => bytes32)) public releaseHash;
    /// @inheritdoc IRoom
    mapping(bytes32 partner => mapping(uint64 start => mapping(uint64 end => bytes32))) public totalsCommitment;

    Partner[] private _partners;
    mapping(address signer => Seat) private _seats;
    /// Bit i is partner i.
    uint256 private _approvals;
    uint256 private _approvalCount;

    // -------------------------------------------------------------------------------------------------------- Constructor

    constructor(Configuration memory c) EIP712("Sealroom", "1") {
        require(c.room != 0, ZeroField(Field.ROOM, 0));
        require(c.policyHash != 0, ZeroField(Field.POLICY_HASH, 0));
        require(c.semantics != 0, ZeroField(Field.SEMANTICS, 0));
        require(c.start < c.end, TimesOutOfOrder(c.start, c.end));

        room = c.room;
        policyHash = c.policyHash;
        start = c.start;
        end = c.end;
        semantics = c.semantics;
        finalityDepth = c.finalityDepth;
        quorum = c.quorum;
        configurationHash = keccak256(abi.encode(c));

        SUPPLIERS = _seatPartners(c.partners);
        _seatNodes(c.nodes, c.quorum);
        _storeQueries(c.queries, c.start, c.end);

        emit Opened(c.policyHash, configurationHash, c);
    }

    function _seatPartners(Partner[] memory partners) private returns (uint256 suppliers) {
        require(
            partners.length != 0 && partners.length <= PARTNERS_MAX,
            ListSize(Field.PARTNERS, partners.length, PARTNERS_MAX)
        );
        for (uint256 i = 0; i < partners.length; i++) {
            Partner memory partner = partners[i];
            require(partner.id != 0, ZeroField(Field.PARTNERS, i));
            for (uint256 j = 0; j < i; j++) {
                require(partners[j].id != partner.id, DuplicateId(Field.PARTNERS, partner.id));
            }
            _seat(partner.signer, Role.PARTNER, Field.PARTNERS, i);
            _partners.push(partner);
            if (partner.supplies) suppliers++;
        }
        require(suppliers != 0, NothingSupplied(partners.length));
    }

    function _seatNodes(address[] memory nodes, uint256 needed) private {
        require(nodes.length != 0 && nodes.length <= NODES_MAX, ListSize(Field.NODES, nodes.length, NODES_MAX));
        require(needed * 2 > nodes.length && needed <= nodes.length, QuorumOutOfRange(needed, nodes.length));
        for (uint256 i = 0; i < nodes.length; i++) {
            _seat(nodes[i], Role.NODE, Field.NODES, i);
        }
    }

    /// One seat per key: that is what keeps partners and nodes disjoint.
    function _seat(address signer, Role role, Field field, uint256 index) private {
        require(signer != address(0), ZeroField(field, index));
        require(_seats[signer].role == Role.NONE, DuplicateSigner(signer));
        // forge-lint: disable-next-line(unsafe-typecast) index is below NODES_MAX
        _seats[signer] = Seat(role, uint8(index));
    }

    function _storeQueries(Query[] memory queries, uint64 roomStart, uint64 roomEnd) private {
        require(
            queries.length != 0 && queries.length <= QUERIES_MAX, ListSize(Field.QUERIES, queries.length, QUERIES_MAX)
        );
        uint64 shortest = type(uint64).max;
        uint64 longest = 0;
        for (uint256 i = 0; i < queries.length; i++) {
            Query memory query = queries[i];
            require(query.id != 0 && query.windowMillis != 0, ZeroField(Field.QUERIES, i));
            require(windowMillis[query.id] == 0, DuplicateId(Field.QUERIES, query.id));
            windowMillis[query.id] = query.windowMillis;
            if (query.windowMillis < shortest) shortest = query.windowMillis;
            if (query.windowMillis > longest) longest = query.windowMillis;
        }
        for (uint256 i = 0; i < queries.length; i++) {
            Query memory query = queries[i];
            require(query.windowMillis % shortest == 0, WindowNotMultiple(query.id, query.windowMillis, shortest));
        }
        require(roomStart % longest == 0, TimeNotMultiple(roomStart, longest));
        require(roomEnd % longest == 0, TimeNotMultiple(roomEnd, longest));
    }

    // ------------------------------------------------------------------------------------------------------------ Approve

    /// @inheritdoc IRoom
    function approve(uint256 partnerIndex, bytes calldata signature) external {
        require(partnerIndex < _partners.length, UnknownPartner(partnerIndex, _partners.length));
        Partner storage partner = _partners[partnerIndex];
        _requireSigned(partner, keccak256(abi.encode(APPROVAL_TYPE, policyHash, configurationHash)), signature);

        if (hasApproved(partnerIndex)) return;
        _approvals |= uint256(1) << partnerIndex;
        _approvalCount++;
        emit Approved(partner.id, _approvalCount, _partners.length);
    }

    // ------------------------------------------------------------------------------------------------------------ Publish

    /// @inheritdoc IRoom
    function publish(ReleaseInput calldata release, TotalsInput[] calldata totals, bytes[] calldata nodeSignatures)
        external
        returns (Outcome)
    {
        require(approved(), NotApproved(_approvalCount, _partners.length));
        uint64 windowEnd = _windowEnd(release.query, release.start);
        require(release.rowCount != 0, NoRows(release.query, release.start));

        (bytes32[] memory commitments, bool equivocated) = _checkTotals(release.start, windowEnd, totals);
        bytes32 offered = _hashRelease(release, windowEnd, commitments);
        uint256 signers = _checkQuorum(release, windowEnd, offered, nodeSignatures);

        bytes32 stored = releaseHash[release.query][release.start];
        if (stored == offered) return Outcome.ALREADY_PUBLISHED;
        if (equivocated) _reportEquivocations(release.start, windowEnd, totals);
        if (equivocated || stored != 0) {
            emit Conflict(release.query, release.start, windowEnd, stored, offered, signers);
            return Outcome.CONFLICT;
        }

        _storeTotals(release.start, windowEnd, commitments);
        _storeRelease(release, windowEnd, offered, signers);
        return Outcome.PUBLISHED;
    }

    /// A window of the query, whole and inside the room. No overflow: `from` < `end` is known before it is added to.
    function _windowEnd(bytes32 query, uint64 from) private view returns (uint64) {
        uint64 window = windowMillis[query];
        require(window != 0, UnknownQuery(query));
        require(
            from % window == 0 && from >= start && from < end && window <= end - from,
            WindowOutOfRoom(query, from, window)
        );
        return from + window;
    }

    /// Every commitment is either the stored one or freshly signed by its partner; nothing is written yet.
    function _checkTotals(uint64 from, uint64 to, TotalsInput[] calldata totals)
        private
        view
        returns (bytes32[] memory commitments, bool equivocated)
    {
        require(totals.length == SUPPLIERS, TotalsCount(totals.length, SUPPLIERS));
        commitments = new bytes32[](totals.length);
        uint256 next = 0;
        for (uint256 i = 0; i < _partners.length; i++) {
            Partner storage partner = _partners[i];
            if (!partner.supplies) continue;
            bytes32 offered = totals[next].commitment;
            require(offered != 0, ZeroCommitment(partner.id));
            bytes32 stored = totalsCommitment[partner.id][from][to];
            if (stored != offered) {
                bytes32 structHash = keccak256(abi.encode(TOTALS_TYPE, partner.id, policyHash, from, to, offered));
                _requireSigned(partner, structHash, totals[next].signature);
                if (stored != 0) equivocated = true;
            }
            commitments[next++] = offered;
        }
    }

    function _checkQuorum(
        ReleaseInput calldata release,
        uint64 windowEnd,
        bytes32 offered,
        bytes[] calldata nodeSignatures
    ) private view returns (uint256 signers) {
        require(nodeSignatures.length >= quorum, QuorumMissed(nodeSignatures.length, quorum));
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(RELEASE_TYPE, policyHash, release.query, release.start, windowEnd, offered))
        );
        address previous = address(0);
        for (uint256 i = 0; i < nodeSignatures.length; i++) {
            address signer = ECDSA.recoverCalldata(digest, nodeSignatures[i]);
            require(signer > previous, SignersNotAscending(previous, signer));
            Seat memory seat = _seats[signer];
            require(seat.role == Role.NODE, NotANode(signer));
            signers |= uint256(1) << seat.index;
            previous = signer;
        }
    }

    function _reportEquivocations(uint64 from, uint64 to, TotalsInput[] calldata totals) private {
        uint256 next = 0;
        for (uint256 i = 0; i < _partners.length; i++) {
            Partner storage partner = _partners[i];
            if (!partner.supplies) continue;
            TotalsInput calldata offered = totals[next++];
            bytes32 stored = totalsCommitment[partner.id][from][to];
            if (stored == 0 || stored == offered.commitment) continue;
            emit TotalsEquivocation(partner.id, from, to, stored, offered.commitment, offered.signature);
        }
    }

    function _storeTotals(uint64 from, uint64 to, bytes32[] memory commitments) private {
        uint256 next = 0;
        for (uint256 i = 0; i < _partners.length; i++) {
            Partner storage partner = _partners[i];
            if (!partner.supplies) continue;
            bytes32 commitment = commitments[next++];
            if (totalsCommitment[partner.id][from][to] == commitment) continue;
            totalsCommitment[partner.id][from][to] = commitment;
            emit TotalsCommitted(partner.id, from, to, commitment);
        }
    }

    function _storeRelease(ReleaseInput calldata release, uint64 windowEnd, bytes32 offered, uint256 signers) private {
        releaseHash[release.query][release.start] = offered;
        emit Published(release.query, release.start, windowEnd, offered, release.root, release.rowCount, signers);
    }

    // -------------------------------------------------------------------------------------------------------------- Views

    /// @inheritdoc IRoom
    function approved() public view returns (bool) {
        return _approvalCount == _partners.length;
    }

    /// @inheritdoc IRoom
    function hasApproved(uint256 partnerIndex) public view returns (bool) {
        return (_approvals >> partnerIndex) & 1 == 1;
    }

    /// @inheritdoc IRoom
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IRoom
    function hashRelease(ReleaseInput calldata release, bytes32[] calldata commitments)
        external
        view
        returns (bytes32)
    {
        return _hashRelease(release, _windowEnd(release.query, release.start), commitments);
    }

    // ------------------------------------------------------------------------------------------------------------ Private

    function _hashRelease(ReleaseInput calldata release, uint64 windowEnd, bytes32[] memory commitments)
        private
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                RELEASE_TAG,
                uint256(semantics),
                block.chainid,
                address(this),
                room,
                policyHash,
                release.query,
                release.start,
                windowEnd,
                release.rowCount,
                release.root,
                keccak256(abi.encode(commitments)),
                release.mechanisms
            )
        );
    }

    function _requireSigned(Partner storage partner, bytes32 structHash, bytes calldata signature) private view {
        address recovered = ECDSA.recoverCalldata(_hashTypedDataV4(structHash), signature);
        require(recovered == partner.signer, WrongSigner(partner.id, partner.signer, recovered));
    }
}
