// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The arbiter of one clean room
/// @notice Holds the agreed policy's hash and what of it can be enforced here, binds every partner to its blinding keys and
/// every supplying partner to its input totals, charges the privacy budget, and records one hash per query and window.
/// Formats: schemas/PROTOCOL.md, sections 4, 6 and 8.
interface IRoom {
    // ------------------------------------------------------------------------------------------------------ Configuration

    /// @notice A party that agrees to the policy. The order is the policy's.
    struct Partner {
        /// keccak256 of the partner's name.
        bytes32 id;
        /// Approves the room, may end it, and owns the data set; an ECDSA key or a contract wallet (ERC-1271).
        address approver;
        /// The key its agent signs totals with; may be the approver itself.
        address signer;
        /// The data set in the ledger that its events belong to; 0 for a partner that supplies none.
        bytes32 dataset;
    }

    /// @notice A question of the policy, answered once per window.
    struct Query {
        /// keccak256 of the query's name.
        bytes32 id;
        /// Length of its windows; they start at multiples of it since the epoch.
        uint64 windowMillis;
        /// What its releases of one epoch cost, zCDP micro-rho, whatever their number.
        uint32 charge;
        /// Bit i: it reads the events of partner i, whose data set pays.
        uint16 datasets;
    }

    /// @notice The stored part of the policy. Everything else is bound by `policyHash`. Times are epoch milliseconds.
    struct Configuration {
        bytes32 room;
        bytes32 policyHash;
        uint64 start;
        uint64 end;
        /// Length of a key and budget period; they start at multiples of it since the epoch.
        uint64 epochMillis;
        /// Elements a partner may have evaluated per epoch; kept by the evaluators.
        uint64 quota;
        uint32 semantics;
        /// Blocks on top of one that make it final; 0 leaves it to the chain's own `finalized` tag.
        uint32 finalityDepth;
        uint8 quorum;
        /// The budget ledger that is charged.
        address ledger;
        Partner[] partners;
        address[] nodes;
        Query[] queries;
    }

    /// @notice Which part of a configuration an error speaks of.
    enum Field {
        ROOM,
        POLICY_HASH,
        SEMANTICS,
        EPOCH,
        PARTNERS,
        NODES,
        QUERIES
    }

    // --------------------------------------------------------------------------------------------------------------- Keys

    /// @notice A partner's public key of one epoch: an affine point of P-256.
    struct Key {
        bytes32 x;
        bytes32 y;
    }

    /// @notice That whoever made it holds the secret of a key: a Schnorr proof, see KeyProof.
    struct Proof {
        bytes32 r;
        bytes32 s;
    }

    // ---------------------------------------------------------------------------------------------------------- Release

    /// @notice The supplying partners' salted commitments to their input of a window, for all queries over it.
    struct WindowTotals {
        uint64 start;
        uint64 end;
        /// One per supplying partner, policy order.
        bytes32[] commitments;
        /// One per commitment, EIP-712 `Totals`; may be empty once these very commitments are recorded.
        bytes[] signatures;
    }

    /// @notice What the nodes computed for one query of a window.
    struct ReleaseInput {
        bytes32 query;
        uint32 rowCount;
        bytes32 root;
        bytes32 mechanisms;
    }

    /// @notice What a node's signature says of one query of a window.
    struct Release {
        bytes32 query;
        bytes32 releaseHash;
    }

    /// @notice One row of a release, and the salt that keeps its leaf from being guessed.
    struct Row {
        uint32 index;
        bytes32 query;
        uint64 start;
        uint64 end;
        bytes32 cell;
        uint8 metric;
        uint8 status;
        int256 value;
        bytes32 salt;
    }

    /// @notice What became of a release that passed every check.
    enum Outcome {
        /// Recorded: the first for its query and window.
        PUBLISHED,
        /// This very hash stands already; nothing was written.
        ALREADY_PUBLISHED,
        /// Something else stands: the offer changed nothing and is recorded as an event.
        CONFLICT,
        /// The budget cannot pay, now or when it was offered first; nothing will ever stand here.
        WITHHELD
    }

    /// @notice A totals commitment with its partner's signature.
    struct SignedTotals {
        bytes32 commitment;
        bytes signature;
    }

    /// @notice A list of releases with a node's signature, and the place of the one that matters.
    struct SignedReleases {
        Release[] releases;
        bytes signature;
        uint256 index;
    }

    // ----------------------------------------------------------------------------------------------------------- Events

    /// @notice The room exists; the only place where the configuration can be read in full.
    event Opened(bytes32 indexed policyHash, bytes32 indexed configurationHash, Configuration configuration);

    /// @notice A partner agreed to the policy, to this contract's configuration, and bound itself to its keys.
    event Approved(bytes32 indexed partner, bytes32 keys, uint256 approvals, uint256 partners);

    /// @notice A partner's keys, one per epoch of the room, each with a valid proof of possession.
    event KeysRevealed(bytes32 indexed partner, Key[] keys);

    /// @notice All partners have approved and revealed: releases are taken.
    event Activated();

    /// @notice A partner ended its participation, and with it the room, from this epoch on.
    event Left(bytes32 indexed partner, uint64 indexed epoch, uint64 closesAt);

    /// @notice The supplying partners are bound to their input of a window, for all queries over it.
    event TotalsCommitted(uint64 indexed start, uint64 indexed end, bytes32[] commitments);

    /// @notice A quorum and every supplying partner signed totals that are not those on record.
    event TotalsConflict(uint64 indexed start, uint64 indexed end, bytes32 stored, bytes32[] offered);

    /// @notice A partner signed two commitments for one window.
    event TotalsEquivocation(bytes32 indexed partner, uint64 indexed start, uint64 end, bytes32 first, bytes32 second);

    /// @notice A node signed two releases for one query and window.
    event ReleaseEquivocation(
        address indexed node, bytes32 indexed query, uint64 indexed start, uint64 end, bytes32 first, bytes32 second
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

    /// @notice A quorum signed a release that `dataset` has no budget for. Nothing will ever be published here.
    event Withheld(
        bytes32 indexed query, uint64 indexed start, uint64 end, bytes32 offered, bytes32 dataset, uint256 signers
    );

    /// @notice A quorum signed a release that cannot stand beside what is recorded. `stored` is the release that stands, or 0
    /// when there is none yet and it is the totals that differ.
    event Conflict(
        bytes32 indexed query, uint64 indexed start, uint64 end, bytes32 stored, bytes32 offered, uint256 signers
    );

    // ------------------------------------------------------------------------------------------- Errors of a configuration

    /// @notice A value that must not be zero is; `index` counts within a list, else 0.
    error ZeroField(Field field, uint256 index);
    /// @notice A list is empty or longer than what one transaction can check.
    error ListSize(Field field, uint256 size, uint256 max);
    /// @notice Two partners or two queries share an id.
    error DuplicateId(Field field, bytes32 id);
    /// @notice One key sits twice, be it as two partners, two nodes, or as both.
    error DuplicateSigner(address signer);
    /// @notice Two partners share a data set.
    error DuplicateDataset(bytes32 dataset);
    /// @notice There is no ledger at this address: nothing could ever be charged, and so nothing be released.
    error NoLedger(address ledger);
    /// @notice No partner supplies events: there is nothing to compute over.
    error NothingSupplied(uint256 partners);
    /// @notice A quorum that is no majority lets two disjoint ones sign different results; a larger one than all never meets.
    error QuorumOutOfRange(uint256 quorum, uint256 nodes);
    /// @notice The room ends before it starts.
    error TimesOutOfOrder(uint64 start, uint64 end);
    /// @notice More epochs than keys can be revealed for in one transaction.
    error TooManyEpochs(uint256 epochs, uint256 max);
    /// @notice A window that is no multiple of the shortest one.
    error WindowNotMultiple(bytes32 query, uint64 windowMillis, uint64 shortestMillis);
    /// @notice A window that could cross an epoch.
    error WindowAcrossEpochs(bytes32 query, uint64 windowMillis, uint64 epochMillis);
    /// @notice The room starts or ends inside a longest window.
    error TimeNotMultiple(uint64 time, uint64 longestMillis);
    /// @notice A query reads no partner, or one that supplies nothing. Bit i is partner i.
    error DatasetsOutOfRange(bytes32 query, uint256 datasets, uint256 suppliers);

    // ----------------------------------------------------------------------------------------------------- Errors of calls

    /// @notice There is no partner at this index.
    error UnknownPartner(uint256 index, uint256 partners);
    /// @notice A signature is valid, but of another key or over something else.
    error WrongSigner(bytes32 partner, address expected, address recovered);
    /// @notice Neither an ECDSA signature of the approver nor one that its contract takes.
    error NotSignedByApprover(bytes32 partner, address approver);
    /// @notice The partner has bound itself to other keys.
    error KeysAlreadyBound(bytes32 partner, bytes32 bound, bytes32 given);
    /// @notice Zero stands for "not bound" and is no commitment to keys.
    error ZeroKeys(bytes32 partner);
    /// @notice Not every partner has approved, so none may see another's keys yet.
    error NotApproved(uint256 approvals, uint256 partners);
    /// @notice One key and one proof per epoch of the room.
    error KeyCount(uint256 keys, uint256 proofs, uint256 expected);
    /// @notice These are not the keys the partner bound itself to.
    error KeysDiffer(bytes32 partner, bytes32 bound, bytes32 given);
    /// @notice The proof does not show that this partner of this room holds the key of this epoch.
    error InvalidKeyProof(bytes32 partner, uint64 epoch);
    /// @notice The owner lets this room spend nothing of the data set; a first release would be withheld for ever.
    error NothingAllowed(bytes32 partner, bytes32 dataset);
    /// @notice Not every partner has revealed its keys.
    error NotActive(uint256 revealed, uint256 partners);
    /// @notice A partner may leave from the next epoch on, not from one that runs or ran.
    error EpochNotAhead(uint64 epoch, uint256 current);
    /// @notice The room closes no later than that anyway.
    error ClosesEarlier(uint64 epoch, uint64 closesAt);

    /// @notice Nothing is offered, or more than the policy can have.
    error ReleaseCount(uint256 given, uint256 max);
    /// @notice The policy has no such query.
    error UnknownQuery(bytes32 query);
    /// @notice Not a window of the query.
    error WindowNotOfQuery(bytes32 query, uint64 start, uint64 end, uint64 windowMillis);
    /// @notice Not a window inside the room, or after a partner left it.
    error WindowOutOfRoom(uint64 start, uint64 end, uint64 closesAt);
    /// @notice A release has at least one row.
    error NoRows(bytes32 query, uint64 start);
    /// @notice One commitment, and where they are new one signature, per supplying partner, in policy order.
    error TotalsCount(uint256 commitments, uint256 signatures, uint256 expected);
    /// @notice Zero stands for "nothing committed" and is no commitment.
    error ZeroCommitment(bytes32 partner);
    /// @notice Fewer node signatures than the quorum.
    error QuorumMissed(uint256 signatures, uint256 quorum);
    /// @notice Recovered from a node's signature, but no node of this room (or it signed something else).
    error NotANode(address recovered);
    /// @notice Node signatures go by rising signer address, which also makes them distinct.
    error SignersNotAscending(address previous, address recovered);
    /// @notice Two signatures that do not contradict each other prove nothing.
    error NoEquivocation();

    // ---------------------------------------------------------------------------------------------------------- Actions

    /// @notice Records a partner's EIP-712 `Approval(policyHash, configuration, keys)`. Anyone may bring it; a repeat changes
    /// nothing.
    /// @param partnerIndex position in the configuration
    /// @param keys keccak256(abi.encode(keccak256("sealroom/keys/v1"), partner id, Key[]))
    /// @param signature of the approver
    function approve(uint256 partnerIndex, bytes32 keys, bytes calldata signature) external;

    /// @notice Shows the keys a partner bound itself to, once all partners are bound and its data set may be spent of. Anyone
    /// may bring them; a repeat changes nothing.
    /// @param keys one per epoch of the room, rising
    /// @param proofs one per key
    function reveal(uint256 partnerIndex, Key[] calldata keys, Proof[] calldata proofs) external;

    /// @notice Ends a partner's participation, and with it the room, from an epoch that has not begun: EIP-712
    /// `Leave(partner, policyHash, epoch)`. Windows before it can still be published. Anyone may bring it.
    function leaveFrom(uint256 partnerIndex, uint64 epoch, bytes calldata signature) external;

    /// @notice Offers the releases of one window. Anyone may bring them: what counts are the signatures. Every outcome but a
    /// repeat is an event; the caller of a transaction reads a repeat from `releaseHash`.
    /// @param totals of the supplying partners
    /// @param releases what was computed, for queries with this window; the contract recomputes the release hashes
    /// @param nodeSignatures EIP-712 `Releases` over all of `releases`, rising by signer, at least a quorum
    /// @return outcomes one per release
    function publish(WindowTotals calldata totals, ReleaseInput[] calldata releases, bytes[] calldata nodeSignatures)
        external
        returns (Outcome[] memory outcomes);

    /// @notice Records that a partner signed two commitments for one window. Anyone may bring the evidence.
    function proveTotalsEquivocation(
        uint256 partnerIndex,
        uint64 windowStart,
        uint64 windowEnd,
        SignedTotals calldata first,
        SignedTotals calldata second
    ) external;

    /// @notice Records that a node signed two releases for one query and window. Anyone may bring the evidence.
    function proveReleaseEquivocation(
        uint64 windowStart,
        uint64 windowEnd,
        SignedReleases calldata first,
        SignedReleases calldata second
    ) external;

    // ------------------------------------------------------------------------------------------------------------ Views

    /// @notice Whether a row belongs to the release on record: for contracts that act on one. It shows the row to the chain.
    /// A suppressed row belongs to it as well: look at its status before its value.
    /// @param row with its salt
    /// @param release the row's release, as published
    /// @param totals keccak256(abi.encode(commitments)) of its window
    /// @param proof OpenZeppelin Merkle proof of the row's leaf
    function verifyRow(Row calldata row, ReleaseInput calldata release, bytes32 totals, bytes32[] calldata proof)
        external
        view
        returns (bool);

    /// @notice The recorded release hash; 0 while there is none, 1 where the budget could not pay.
    function releaseHash(bytes32 query, uint64 start) external view returns (bytes32);

    /// @notice keccak256(abi.encode(commitments)) of the supplying partners for a window, 0 while there are none.
    function totalsHash(uint64 start, uint64 end) external view returns (bytes32);

    /// @notice Whether the query's charge of the epoch is paid.
    function charged(bytes32 query, uint64 epoch) external view returns (bool);

    /// @notice Whether all partners have approved, so that keys may be revealed.
    function approved() external view returns (bool);

    /// @notice Whether all partners have approved and revealed, so that releases are taken.
    function active() external view returns (bool);

    /// @notice The keys a partner bound itself to when it approved, 0 before.
    function keysOf(uint256 partnerIndex) external view returns (bytes32);

    /// @notice Whether the partner at this index has revealed its keys.
    function hasRevealed(uint256 partnerIndex) external view returns (bool);

    /// @notice End of the last window that is taken: the room's end, or the begin of the epoch from which a partner left.
    function closesAt() external view returns (uint64);

    /// @notice keccak256(abi.encode(configuration)).
    function configurationHash() external view returns (bytes32);

    function room() external view returns (bytes32);

    function policyHash() external view returns (bytes32);

    function start() external view returns (uint64);

    function end() external view returns (uint64);

    function epochMillis() external view returns (uint64);

    function quota() external view returns (uint64);

    function semantics() external view returns (uint32);

    function finalityDepth() external view returns (uint32);

    function quorum() external view returns (uint8);

    function ledger() external view returns (address);

    /// @notice The partner at this index.
    function partner(uint256 partnerIndex) external view returns (Partner memory);

    /// @notice The stored part of a query; a window length of 0 when there is no such query.
    function query(bytes32 id) external view returns (Query memory);

    /// @notice The EIP-712 domain separator, name "Sealroom", version "1".
    function domainSeparator() external view returns (bytes32);

    /// @notice The release hash of PROTOCOL.md section 8 as this room computes it.
    /// @param totals keccak256(abi.encode(commitments)) of the supplying partners, policy order
    function hashRelease(ReleaseInput calldata release, uint64 windowStart, uint64 windowEnd, bytes32 totals)
        external
        view
        returns (bytes32);
}
