// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The arbiter of one clean room
/// @notice Holds the agreed policy's hash and what of it can be enforced here, binds every supplying partner to its input
/// totals, and records one hash per query and window. Formats: schemas/PROTOCOL.md, sections 4 and 8.
interface IRoom {
    // ------------------------------------------------------------------------------------------------------ Configuration

    /// @notice A party that agrees to the policy. The order is the policy's.
    struct Partner {
        /// keccak256 of the partner's name.
        bytes32 id;
        /// The key it signs approvals and totals with.
        address signer;
        /// Whether it has an events topic, and so a totals commitment in every release.
        bool supplies;
    }

    /// @notice A question of the policy, answered once per window.
    struct Query {
        /// keccak256 of the query's name.
        bytes32 id;
        /// Length of its windows; they start at multiples of it since the epoch.
        uint64 windowMillis;
    }

    /// @notice The stored part of the policy. Everything else is bound by `policyHash`. Times are epoch milliseconds.
    struct Configuration {
        bytes32 room;
        bytes32 policyHash;
        uint64 start;
        uint64 end;
        uint32 semantics;
        /// Blocks on top of one that make it final; 0 leaves it to the chain's own `finalized` tag.
        uint32 finalityDepth;
        uint8 quorum;
        Partner[] partners;
        address[] nodes;
        Query[] queries;
    }

    /// @notice Which part of a configuration an error speaks of.
    enum Field {
        ROOM,
        POLICY_HASH,
        SEMANTICS,
        PARTNERS,
        NODES,
        QUERIES
    }

    // ---------------------------------------------------------------------------------------------------------- Release

    /// @notice What the nodes computed for one query and window.
    struct ReleaseInput {
        bytes32 query;
        uint64 start;
        uint32 rowCount;
        bytes32 root;
        bytes32 mechanisms;
    }

    /// @notice One supplying partner's salted commitment to its input of the window.
    struct TotalsInput {
        bytes32 commitment;
        /// May be empty once this very commitment is stored.
        bytes signature;
    }

    /// @notice What became of a release that passed every check.
    enum Outcome {
        /// Recorded: the first for its query and window.
        PUBLISHED,
        /// This very hash stands already; nothing was written.
        ALREADY_PUBLISHED,
        /// Something else stands: the offer changed nothing and is recorded as an event.
        CONFLICT
    }

    // ----------------------------------------------------------------------------------------------------------- Events

    /// @notice The room exists; the only place where the configuration can be read in full.
    event Opened(bytes32 indexed policyHash, bytes32 indexed configurationHash, Configuration configuration);

    /// @notice A partner agreed to the policy and to this contract's configuration.
    event Approved(bytes32 indexed partner, uint256 approvals, uint256 partners);

    /// @notice A partner is bound to its input of a window, for all queries over that window.
    event TotalsCommitted(bytes32 indexed partner, uint64 indexed start, uint64 end, bytes32 commitment);

    /// @notice A partner signed two commitments for one window. The first stands; `signature` over `offered` is the evidence.
    event TotalsEquivocation(
        bytes32 indexed partner, uint64 indexed start, uint64 end, bytes32 stored, bytes32 offered, bytes signature
    );

    /// @notice The one result of a query and window. Bit i of `signers` is node i of the configuration.
    event Published(
        bytes32 indexed query,
        uint64 indexed start,
        uint64 end,
        bytes32 releaseHash,
        bytes32 root,
        uint32 rowCount,
        uint256 signers
    );

    /// @notice A quorum signed a release that cannot stand beside what is recorded. `stored` is the release that stands, or 0
    /// when there is none yet and it is a partner's totals that differ.
    event Conflict(
        bytes32 indexed query, uint64 indexed start, uint64 end, bytes32 stored, bytes32 offered, uint256 signers
    );

    // ----------------------------------------------------------------------------------------------------------- Errors

    /// @notice A value that must not be zero is; `index` counts within a list, else 0.
    error ZeroField(Field field, uint256 index);
    /// @notice A list is empty or longer than what one transaction can check.
    error ListSize(Field field, uint256 size, uint256 max);
    /// @notice Two partners or two queries share an id.
    error DuplicateId(Field field, bytes32 id);
    /// @notice One key sits twice, be it as two partners, two nodes, or as both.
    error DuplicateSigner(address signer);
    /// @notice No partner supplies events: there is nothing to compute over.
    error NothingSupplied(uint256 partners);
    /// @notice A quorum that is no majority lets two disjoint ones sign different results; a larger one than all never meets.
    error QuorumOutOfRange(uint256 quorum, uint256 nodes);
    /// @notice The room ends before it starts.
    error TimesOutOfOrder(uint64 start, uint64 end);
    /// @notice A window that is no multiple of the shortest one.
    error WindowNotMultiple(bytes32 query, uint64 windowMillis, uint64 shortestMillis);
    /// @notice The room starts or ends inside a longest window.
    error TimeNotMultiple(uint64 time, uint64 longestMillis);

    /// @notice There is no partner at this index.
    error UnknownPartner(uint256 index, uint256 partners);
    /// @notice A signature is valid, but of another key or over something else.
    error WrongSigner(bytes32 partner, address expected, address recovered);

    /// @notice Not every partner has approved.
    error NotApproved(uint256 approvals, uint256 partners);
    /// @notice The policy has no such query.
    error UnknownQuery(bytes32 query);
    /// @notice Not a window of the query, or not inside the room.
    error WindowOutOfRoom(bytes32 query, uint64 start, uint64 windowMillis);
    /// @notice A release has at least one row.
    error NoRows(bytes32 query, uint64 start);
    /// @notice One totals input per supplying partner, in policy order.
    error TotalsCount(uint256 given, uint256 expected);
    /// @notice Zero stands for "nothing committed" and is no commitment.
    error ZeroCommitment(bytes32 partner);
    /// @notice Fewer node signatures than the quorum.
    error QuorumMissed(uint256 signatures, uint256 quorum);
    /// @notice Recovered from a node's signature, but no node of this room (or it signed something else).
    error NotANode(address recovered);
    /// @notice Node signatures go by rising signer address, which also makes them distinct.
    error SignersNotAscending(address previous, address recovered);

    // ---------------------------------------------------------------------------------------------------------- Actions

    /// @notice Records a partner's EIP-712 `Approval(policyHash, configuration)`. Anyone may bring it; a repeat changes nothing.
    /// @param partnerIndex position in the configuration
    function approve(uint256 partnerIndex, bytes calldata signature) external;

    /// @notice Offers a release. Anyone may bring it: what counts are the signatures in it. Every outcome but
    /// ALREADY_PUBLISHED is an event; the caller of a transaction reads that one from `releaseHash`.
    /// @param release what was computed; the contract recomputes the release hash from it and from the totals
    /// @param totals one per supplying partner, policy order
    /// @param nodeSignatures EIP-712 `Release`, rising by signer, at least a quorum
    function publish(ReleaseInput calldata release, TotalsInput[] calldata totals, bytes[] calldata nodeSignatures)
        external
        returns (Outcome);

    // ------------------------------------------------------------------------------------------------------------ Views

    /// @notice The recorded release hash, 0 while there is none.
    function releaseHash(bytes32 query, uint64 start) external view returns (bytes32);

    /// @notice The recorded totals commitment of a partner for a window, 0 while there is none.
    function totalsCommitment(bytes32 partner, uint64 start, uint64 end) external view returns (bytes32);

    /// @notice Whether all partners have approved, so that releases are taken.
    function approved() external view returns (bool);

    /// @notice Whether the partner at this index has approved.
    function hasApproved(uint256 partnerIndex) external view returns (bool);

    /// @notice keccak256(abi.encode(configuration)).
    function configurationHash() external view returns (bytes32);

    function room() external view returns (bytes32);

    function policyHash() external view returns (bytes32);

    function start() external view returns (uint64);

    function end() external view returns (uint64);

    function semantics() external view returns (uint32);

    function finalityDepth() external view returns (uint32);

    function quorum() external view returns (uint8);

    /// @notice The window length of a query, 0 when there is no such query.
    function windowMillis(bytes32 query) external view returns (uint64);

    /// @notice The EIP-712 domain separator, name "Sealroom", version "1".
    function domainSeparator() external view returns (bytes32);

    /// @notice The release hash of PROTOCOL.md section 8 as this room computes it.
    /// @param commitments of the supplying partners, policy order
    function hashRelease(ReleaseInput calldata release, bytes32[] calldata commitments) external view returns (bytes32);
}
