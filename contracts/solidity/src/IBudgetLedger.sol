// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What is spent of the privacy of data sets
/// @notice Shared by rooms. A data set is registered by its owner with limits that stand for ever; the owner then allows
/// rooms to spend, together never more than the limit for life. Amounts are zCDP micro-rho (PROTOCOL.md section 9); spending
/// only ever grows.
interface IBudgetLedger {
    /// @notice A data set's limits, and how much of them is given away. Micro-rho.
    struct Account {
        /// Length of a budget period; 0 while the data set is not registered.
        uint64 periodMillis;
        uint32 limitPerPeriod;
        uint64 limitForLife;
        /// Sum of the allowances of all rooms, spent or not.
        uint64 allowed;
    }

    /// @notice What one room may spend of a data set. Micro-rho.
    struct Grant {
        /// In all.
        uint64 allowance;
        /// So far.
        uint64 spent;
        /// The data set's, for all rooms together.
        uint32 limitPerPeriod;
    }

    /// @notice A data set exists.
    event Registered(
        bytes32 indexed dataset,
        address indexed owner,
        bytes32 name,
        uint64 periodMillis,
        uint32 limitPerPeriod,
        uint64 limitForLife
    );

    /// @notice A room may from now on spend up to `allowance` in all.
    event Allowed(bytes32 indexed dataset, address indexed room, uint64 allowance);

    /// @notice A room paid for a query's releases of a period, the first of which is the window at `start`; each data set
    /// paid the whole amount.
    event Charged(
        address indexed room,
        uint64 indexed period,
        bytes32 indexed query,
        uint64 start,
        uint32 amount,
        bytes32[] datasets
    );

    /// @notice The name, the period or a limit is zero.
    error ZeroValue();
    /// @notice The owner has registered this name already.
    error AlreadyRegistered(bytes32 dataset);
    /// @notice The owner has no data set of this name.
    error NotRegistered(bytes32 dataset);
    /// @notice Not a room of this ledger's factory: its code could spend in any period it likes.
    error NotARoom(address room);
    /// @notice The room at this address is another than the one that was meant.
    error ConfigurationDiffers(address room, bytes32 meant, bytes32 found);
    /// @notice The room's epochs are not the data set's periods.
    error PeriodDiffers(uint64 periodMillis, uint64 epochMillis);
    /// @notice What is spent cannot be taken back.
    error AllowanceBelowSpent(uint64 allowance, uint64 spent);
    /// @notice The allowances of all rooms together would exceed the limit for life.
    error AllowancesAboveLimit(uint256 allowances, uint64 limitForLife);
    /// @notice A charge over no data set, or of nothing.
    error NothingCharged();
    /// @notice The list names a data set so often that it cannot pay for all.
    error CannotPay(bytes32 dataset);

    /// @notice Registers a data set of the caller's: id keccak256(abi.encode(owner, name)). Limits never change.
    function register(bytes32 name, uint64 periodMillis, uint32 limitPerPeriod, uint64 limitForLife)
        external
        returns (bytes32 dataset);

    /// @notice Sets what a room may spend in all of the caller's data set. Lowered to what it has spent, it spends no more, and
    /// the rest is free for other rooms.
    /// @param configurationHash the room's, as the owner checked it. An address alone says not enough: after a reorganisation
    /// another room may stand there, with a charge and partners of somebody else's choice.
    function allow(bytes32 name, address room, bytes32 configurationHash, uint64 allowance) external;

    /// @notice Charges every one of the data sets, or none. Called by the room that spends.
    /// @param datasets that pay, each the whole amount
    /// @param period index of the room's epoch
    /// @param query, start what it is for: the query and the window of its first release
    /// @return short the first data set that cannot pay, in which case nothing was charged; 0 when all have paid
    function charge(bytes32[] calldata datasets, uint64 period, uint32 amount, bytes32 query, uint64 start)
        external
        returns (bytes32 short);

    /// @notice What a charge would return now: a dry run.
    function shortOf(address room, bytes32[] calldata datasets, uint64 period, uint32 amount)
        external
        view
        returns (bytes32 short);

    function account(bytes32 dataset) external view returns (Account memory);

    function grant(bytes32 dataset, address room) external view returns (Grant memory);

    function spentInPeriod(bytes32 dataset, uint64 period) external view returns (uint32);

    function datasetId(address owner, bytes32 name) external pure returns (bytes32);
}
