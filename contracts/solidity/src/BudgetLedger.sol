// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBudgetLedger} from "./IBudgetLedger.sol";
import {IRoom} from "./IRoom.sol";
import {IRoomFactory} from "./IRoomFactory.sol";

/// @title BudgetLedger
/// @notice No owner, no upgrade, no refund. What bounds a room's spending is checked here, not in the room.
contract BudgetLedger is IBudgetLedger {
    // Eight periods share a word, 32 bits each: in an open word a charge costs an update instead of a new slot.
    uint256 private constant LANES = 8;
    uint256 private constant LANE_BITS = 32;

    IRoomFactory public immutable factory;

    mapping(bytes32 dataset => Account) private _accounts;
    mapping(bytes32 dataset => mapping(address room => Grant)) private _grants;
    mapping(bytes32 dataset => mapping(uint256 word => uint256 lanes)) private _spent;

    constructor(IRoomFactory factory_) {
        factory = factory_;
    }

    // --------------------------------------------------------------------------------------------------------- Owners

    /// @inheritdoc IBudgetLedger
    function register(bytes32 name, uint64 periodMillis, uint32 limitPerPeriod, uint64 limitForLife)
        external
        returns (bytes32 dataset)
    {
        require(name != 0 && periodMillis != 0 && limitPerPeriod != 0 && limitForLife != 0, ZeroValue());
        dataset = datasetId(msg.sender, name);
        require(_accounts[dataset].periodMillis == 0, AlreadyRegistered(dataset));
        _accounts[dataset] = Account(periodMillis, limitPerPeriod, limitForLife, 0);
        emit Registered(dataset, msg.sender, name, periodMillis, limitPerPeriod, limitForLife);
    }

    /// @inheritdoc IBudgetLedger
    function allow(bytes32 name, address room, bytes32 configurationHash, uint64 allowance) external {
        bytes32 dataset = datasetId(msg.sender, name);
        Account memory a = _accounts[dataset];
        require(a.periodMillis != 0, NotRegistered(dataset));
        require(factory.isRoom(room), NotARoom(room));
        bytes32 found = IRoom(room).configurationHash();
        require(found == configurationHash, ConfigurationDiffers(room, configurationHash, found));
        uint64 epochMillis = IRoom(room).epochMillis();
        require(epochMillis == a.periodMillis, PeriodDiffers(a.periodMillis, epochMillis));
        Grant memory g = _grants[dataset][room];
        require(allowance >= g.spent, AllowanceBelowSpent(allowance, g.spent));
        uint256 allowed = uint256(a.allowed) - g.allowance + allowance;
        require(allowed <= a.limitForLife, AllowancesAboveLimit(allowed, a.limitForLife));

        // forge-lint: disable-next-line(unsafe-typecast) below a uint64
        _accounts[dataset].allowed = uint64(allowed);
        _grants[dataset][room] = Grant(allowance, g.spent, a.limitPerPeriod);
        emit Allowed(dataset, room, allowance);
    }

    // ---------------------------------------------------------------------------------------------------------- Rooms

    /// @inheritdoc IBudgetLedger
    /// @dev Nobody is refused here: who was allowed nothing can pay nothing.
    function charge(bytes32[] calldata datasets, uint64 period, uint32 amount, bytes32 query, uint64 start)
        external
        returns (bytes32 short)
    {
        require(datasets.length != 0 && amount != 0, NothingCharged());
        short = shortOf(msg.sender, datasets, period, amount);
        if (short != 0) return short;
        for (uint256 i = 0; i < datasets.length; i++) {
            // Asked again, because a list may name a data set twice.
            require(_canPay(datasets[i], msg.sender, period, amount), CannotPay(datasets[i]));
            _grants[datasets[i]][msg.sender].spent += amount;
            _spent[datasets[i]][period / LANES] += uint256(amount) << _shift(period);
        }
        emit Charged(msg.sender, period, query, start, amount, datasets);
    }

    /// @inheritdoc IBudgetLedger
    function shortOf(address room, bytes32[] calldata datasets, uint64 period, uint32 amount)
        public
        view
        returns (bytes32 short)
    {
        for (uint256 i = 0; i < datasets.length; i++) {
            if (!_canPay(datasets[i], room, period, amount)) return datasets[i];
        }
    }

    /// In 256 bits, so that no sum wraps. Nobody has an allowance of a data set that is not registered. The limit for life
    /// needs no look: it bounds the allowances.
    function _canPay(bytes32 dataset, address room, uint64 period, uint256 amount) private view returns (bool) {
        Grant memory g = _grants[dataset][room];
        return uint256(g.spent) + amount <= g.allowance
            && uint256(spentInPeriod(dataset, period)) + amount <= g.limitPerPeriod;
    }

    /// Place of a period in its word, in bits.
    function _shift(uint64 period) private pure returns (uint256) {
        return (period % LANES) * LANE_BITS;
    }

    // ---------------------------------------------------------------------------------------------------------- Views

    /// @inheritdoc IBudgetLedger
    function account(bytes32 dataset) external view returns (Account memory) {
        return _accounts[dataset];
    }

    /// @inheritdoc IBudgetLedger
    function grant(bytes32 dataset, address room) external view returns (Grant memory) {
        return _grants[dataset][room];
    }

    /// @inheritdoc IBudgetLedger
    function spentInPeriod(bytes32 dataset, uint64 period) public view returns (uint32) {
        // forge-lint: disable-next-line(unsafe-typecast) the lane is what is wanted
        return uint32(_spent[dataset][period / LANES] >> _shift(period));
    }

    /// @inheritdoc IBudgetLedger
    function datasetId(address owner, bytes32 name) public pure returns (bytes32) {
        return keccak256(abi.encode(owner, name));
    }
}
