// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IRoom} from "./IRoom.sol";

/// @title The configuration of a Room
/// @notice Checked and stored once, by the constructor; nothing here has a setter.
abstract contract RoomSetup is IRoom, EIP712 {
    // ---------------------------------------------------------------------------------------------------------- Constants

    // Bounds keep the constructor, reveal and publish far below the gas limit of a transaction.
    uint256 internal constant PARTNERS_MAX = 16;
    uint256 internal constant NODES_MAX = 32;
    uint256 internal constant QUERIES_MAX = 64;
    uint256 internal constant EPOCHS_MAX = 256;

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

    /// One slot, because publish reads it.
    struct QueryTerms {
        uint64 windowMillis;
        uint32 charge;
        uint16 datasets;
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
    uint64 public immutable epochMillis;
    /// @inheritdoc IRoom
    uint64 public immutable quota;
    /// @inheritdoc IRoom
    uint32 public immutable semantics;
    /// @inheritdoc IRoom
    uint32 public immutable finalityDepth;
    /// @inheritdoc IRoom
    uint8 public immutable quorum;
    /// @inheritdoc IRoom
    address public immutable ledger;

    uint64 internal immutable FIRST_EPOCH;
    uint256 internal immutable EPOCHS;
    uint256 internal immutable PARTNERS;
    uint256 internal immutable SUPPLIERS;
    /// Bit i: partner i supplies events.
    uint256 internal immutable SUPPLIER_SET;

    /// By index; a mapping, because an array would read its length at every access.
    mapping(uint256 index => Partner) internal _partners;
    mapping(address signer => Seat) internal _seats;
    mapping(bytes32 query => QueryTerms) internal _queries;

    // -------------------------------------------------------------------------------------------------------- Constructor

    constructor(Configuration memory c) EIP712("Sealroom", "1") {
        require(c.room != 0, ZeroField(Field.ROOM, 0));
        require(c.policyHash != 0, ZeroField(Field.POLICY_HASH, 0));
        require(c.semantics != 0, ZeroField(Field.SEMANTICS, 0));
        require(c.epochMillis != 0, ZeroField(Field.EPOCH, 0));
        require(c.ledger.code.length != 0, NoLedger(c.ledger));
        require(c.start < c.end, TimesOutOfOrder(c.start, c.end));

        room = c.room;
        policyHash = c.policyHash;
        start = c.start;
        end = c.end;
        epochMillis = c.epochMillis;
        quota = c.quota;
        semantics = c.semantics;
        finalityDepth = c.finalityDepth;
        quorum = c.quorum;
        ledger = c.ledger;
        configurationHash = keccak256(abi.encode(c));

        FIRST_EPOCH = c.start / c.epochMillis;
        EPOCHS = (c.end - 1) / c.epochMillis - c.start / c.epochMillis + 1;
        require(EPOCHS <= EPOCHS_MAX, TooManyEpochs(EPOCHS, EPOCHS_MAX));

        PARTNERS = c.partners.length;
        (SUPPLIERS, SUPPLIER_SET) = _seatPartners(c.partners);
        _seatNodes(c.nodes, c.quorum);
        _storeQueries(c);

        emit Opened(c.policyHash, configurationHash, c);
    }

    function _seatPartners(Partner[] memory partners) private returns (uint256 suppliers, uint256 supplierSet) {
        require(
            partners.length != 0 && partners.length <= PARTNERS_MAX,
            ListSize(Field.PARTNERS, partners.length, PARTNERS_MAX)
        );
        for (uint256 i = 0; i < partners.length; i++) {
            Partner memory p = partners[i];
            require(p.id != 0, ZeroField(Field.PARTNERS, i));
            for (uint256 j = 0; j < i; j++) {
                require(partners[j].id != p.id, DuplicateId(Field.PARTNERS, p.id));
                require(p.dataset == 0 || partners[j].dataset != p.dataset, DuplicateDataset(p.dataset));
            }
            _seat(p.signer, Role.PARTNER, Field.PARTNERS, i);
            if (p.approver != p.signer) _seat(p.approver, Role.PARTNER, Field.PARTNERS, i);
            _partners[i] = p;
            if (p.dataset != 0) {
                suppliers++;
                supplierSet |= uint256(1) << i;
            }
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

    function _storeQueries(Configuration memory c) private {
        uint256 count = c.queries.length;
        require(count != 0 && count <= QUERIES_MAX, ListSize(Field.QUERIES, count, QUERIES_MAX));
        uint64 shortest = type(uint64).max;
        uint64 longest = 0;
        for (uint256 i = 0; i < count; i++) {
            Query memory q = c.queries[i];
            require(q.id != 0 && q.windowMillis != 0 && q.charge != 0, ZeroField(Field.QUERIES, i));
            require(_queries[q.id].windowMillis == 0, DuplicateId(Field.QUERIES, q.id));
            require(
                q.datasets != 0 && q.datasets & ~SUPPLIER_SET == 0, DatasetsOutOfRange(q.id, q.datasets, SUPPLIER_SET)
            );
            require(c.epochMillis % q.windowMillis == 0, WindowAcrossEpochs(q.id, q.windowMillis, c.epochMillis));
            // forge-lint: disable-next-line(unsafe-typecast) i is below QUERIES_MAX
            _queries[q.id] = QueryTerms(q.windowMillis, q.charge, q.datasets, uint8(i));
            if (q.windowMillis < shortest) shortest = q.windowMillis;
            if (q.windowMillis > longest) longest = q.windowMillis;
        }
        for (uint256 i = 0; i < count; i++) {
            Query memory q = c.queries[i];
            require(q.windowMillis % shortest == 0, WindowNotMultiple(q.id, q.windowMillis, shortest));
        }
        require(c.start % longest == 0, TimeNotMultiple(c.start, longest));
        require(c.end % longest == 0, TimeNotMultiple(c.end, longest));
    }

    // -------------------------------------------------------------------------------------------------------------- Views

    /// @inheritdoc IRoom
    function partner(uint256 partnerIndex) public view returns (Partner memory) {
        require(partnerIndex < PARTNERS, UnknownPartner(partnerIndex, PARTNERS));
        return _partners[partnerIndex];
    }

    /// @inheritdoc IRoom
    function query(bytes32 id) external view returns (Query memory) {
        QueryTerms memory terms = _queries[id];
        return Query(id, terms.windowMillis, terms.charge, terms.datasets);
    }

    /// @inheritdoc IRoom
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }
}
