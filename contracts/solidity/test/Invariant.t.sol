// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBudgetLedger} from "../src/IBudgetLedger.sol";
import {Handler} from "./Handler.sol";
import {Harness} from "./Harness.sol";

/// @notice What holds after any number of anybody's actions. That a publish is taken exactly when it may be, and with which
/// outcome, is asserted by the handler at every call.
contract InvariantTest is Harness {
    uint64 private constant EPOCH = 7 * 24 * 3_600_000;
    uint64 private constant FIRST = 20_006 * 24 * 3_600_000 / EPOCH;

    Handler private handler;
    IBudgetLedger private ledger;

    function setUp() public {
        handler = new Handler();
        ledger = handler.budget();
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// Half of all calls publish.
    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](8);
        selectors[0] = Handler.publishes.selector;
        selectors[1] = Handler.publishesAskew.selector;
        selectors[2] = Handler.allows.selector;
        selectors[3] = Handler.approves.selector;
        selectors[4] = Handler.reveals.selector;
        selectors[5] = Handler.leaves.selector;
        selectors[6] = Handler.passes.selector;
        selectors[7] = Handler.chargesBesides.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    /// No room spends more than it was allowed, and all together are allowed no more than the life of a data set.
    function spendingIsAllowed() private view {
        for (uint256 i = 0; i < 4; i++) {
            bytes32 dataset = handler.datasetOf(i);
            if (dataset == 0) continue;
            uint256 allowed = 0;
            for (uint256 j = 0; j < 3; j++) {
                IBudgetLedger.Grant memory grant = ledger.grant(dataset, address(handler.rooms(j)));
                vm.assertLe(grant.spent, grant.allowance, "spent");
                vm.assertEq(grant.spent, handler.spentByRoom(i, j), "spent by room");
                allowed += grant.allowance;
            }
            vm.assertEq(ledger.account(dataset).allowed, allowed, "allowed");
            vm.assertLe(allowed, ledger.account(dataset).limitForLife, "limit for life");
        }
    }

    /// What is spent of a period is what the books say, once per room, query and epoch, and within the limit.
    function periodsAreBounded() private view {
        for (uint256 i = 0; i < 4; i++) {
            bytes32 dataset = handler.datasetOf(i);
            for (uint64 epoch = FIRST; epoch < FIRST + 3; epoch++) {
                uint256 spent = ledger.spentInPeriod(dataset, epoch);
                vm.assertEq(spent, handler.spentInPeriod(i, epoch), "spent in period");
                if (dataset != 0) vm.assertLe(spent, ledger.account(dataset).limitPerPeriod, "limit per period");
            }
        }
    }

    /// What was recorded first for a query and window stands, and so do its totals.
    function recordsStand() private view {
        for (uint256 i = 0; i < handler.recordedCount(); i++) {
            (uint256 place, bytes32 query, uint64 start, bytes32 hash) = handler.recorded(i);
            uint64 end = start + handler.windowOfQuery(query);
            vm.assertEq(handler.rooms(place).releaseHash(query, start), hash, "release");
            vm.assertEq(handler.rooms(place).totalsHash(start, end), handler.totalsOf(place, start, end), "totals");
        }
    }

    function invariant_books_agreeWithTheContracts() public view {
        spendingIsAllowed();
        periodsAreBounded();
        recordsStand();
    }

    /// Wherever the actions have led: with everybody honest from here on, every room publishes a window that nobody has
    /// touched, unless a partner has left before it.
    function afterInvariant() public {
        for (uint256 i = 0; i < 3; i++) {
            vm.assertTrue(handler.goesOn(i), "locked");
        }
    }
}
