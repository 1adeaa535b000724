// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BudgetLedger} from "../src/BudgetLedger.sol";
import {IBudgetLedger} from "../src/IBudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract LedgerTest is RoomFixture {
    address private constant OWNER = address(0x0e1);
    bytes32 private constant NAME = keccak256("customers");
    uint64 private constant PERIOD = START / EPOCH;

    bytes32 private dataset_;

    function setUp() public override {
        super.setUp();
        vm.prank(OWNER);
        dataset_ = ledger.register(NAME, EPOCH, 1000, 5000);
    }

    function allow(address spender, uint64 allowance) private {
        bytes32 meant = found(spender);
        vm.prank(OWNER);
        ledger.allow(NAME, spender, meant, allowance);
    }

    function refuses(address spender, uint64 allowance, bytes memory reason) private {
        bytes32 meant = found(spender);
        vm.expectRevert(reason);
        vm.prank(OWNER);
        ledger.allow(NAME, spender, meant, allowance);
    }

    function one(bytes32 first) private pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = first;
    }

    function two(bytes32 first, bytes32 second) private pure returns (bytes32[] memory list) {
        list = new bytes32[](2);
        (list[0], list[1]) = (first, second);
    }

    function charge(bytes32[] memory list, uint64 period, uint32 amount) private returns (bytes32) {
        vm.prank(address(room));
        return ledger.charge(list, period, amount, HOURLY, START);
    }

    function spent() private view returns (uint64) {
        return ledger.grant(dataset_, address(room)).spent;
    }

    // ----------------------------------------------------------------------------------------------------------- Register

    function test_register_zero_reverts() public {
        for (uint256 field = 0; field < 4; field++) {
            vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.ZeroValue.selector));
            ledger.register(
                field == 0 ? bytes32(0) : NAME, field == 1 ? 0 : EPOCH, field == 2 ? 0 : 1000, field == 3 ? 0 : 5000
            );
        }
    }

    function test_register_twice_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.AlreadyRegistered.selector, dataset_));
        vm.prank(OWNER);
        ledger.register(NAME, EPOCH, type(uint32).max, type(uint64).max);
    }

    function test_register_new_storesTheLimits() public {
        bytes32 expected = keccak256(abi.encode(address(this), NAME));
        vm.expectEmit();
        emit IBudgetLedger.Registered(expected, address(this), NAME, DAY, 7, 9);
        vm.assertEq(ledger.register(NAME, DAY, 7, 9), expected);

        IBudgetLedger.Account memory account = ledger.account(expected);
        vm.assertEq(account.periodMillis, DAY, "periodMillis");
        vm.assertEq(account.limitPerPeriod, 7, "limitPerPeriod");
        vm.assertEq(account.limitForLife, 9, "limitForLife");
        vm.assertEq(account.allowed, 0, "allowed");
        vm.assertEq(ledger.datasetId(address(this), NAME), expected);
        vm.assertEq(address(ledger.factory()), address(factory));
    }

    /// Nobody can take another's name: the id is the owner's.
    function test_register_sameNameOfAnother_isAnotherDataset() public {
        vm.assertNotEq(ledger.register(NAME, EPOCH, 1000, 5000), dataset_);
    }

    // -------------------------------------------------------------------------------------------------------------- Allow

    /// Only the owner allows: another caller speaks of a data set of its own, which does not exist.
    function test_allow_byAnother_reverts() public {
        bytes32 own = keccak256(abi.encode(address(this), NAME));
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.NotRegistered.selector, own));
        ledger.allow(NAME, address(room), 0, 1);
    }

    function test_allow_notARoom_reverts() public {
        refuses(address(this), 1, abi.encodeWithSelector(IBudgetLedger.NotARoom.selector, address(this)));
    }

    function test_allow_otherConfigurationThanMeant_reverts() public {
        bytes32 hash = room.configurationHash();
        vm.expectRevert(
            abi.encodeWithSelector(IBudgetLedger.ConfigurationDiffers.selector, address(room), bytes32(0), hash)
        );
        vm.prank(OWNER);
        ledger.allow(NAME, address(room), 0, 1);
    }

    function test_allow_roomOfOtherEpochs_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.epochMillis = DAY;
        address other = address(create(c));
        refuses(other, 1, abi.encodeWithSelector(IBudgetLedger.PeriodDiffers.selector, EPOCH, DAY));
    }

    function test_allow_belowWhatIsSpent_reverts() public {
        allow(address(room), 1000);
        charge(one(dataset_), PERIOD, 600);
        refuses(address(room), 599, abi.encodeWithSelector(IBudgetLedger.AllowanceBelowSpent.selector, 599, 600));
    }

    function test_allow_togetherAboveTheLimit_reverts() public {
        allow(address(room), 3000);
        address other = address(create(configuration()));
        refuses(other, 2001, abi.encodeWithSelector(IBudgetLedger.AllowancesAboveLimit.selector, 5001, 5000));
        refuses(address(room), 5001, abi.encodeWithSelector(IBudgetLedger.AllowancesAboveLimit.selector, 5001, 5000));
    }

    /// A sum that would not fit its type is above the limit, not small.
    function test_allow_sumBeyondItsType_reverts() public {
        allow(address(room), 1);
        uint256 sum = uint256(type(uint64).max) + 1;
        refuses(
            address(create(configuration())),
            type(uint64).max,
            abi.encodeWithSelector(IBudgetLedger.AllowancesAboveLimit.selector, sum, 5000)
        );
    }

    function test_allow_byTheOwner_storesTheAllowance() public {
        vm.expectEmit();
        emit IBudgetLedger.Allowed(dataset_, address(room), 3000);
        allow(address(room), 3000);

        IBudgetLedger.Grant memory grant = ledger.grant(dataset_, address(room));
        vm.assertEq(grant.allowance, 3000, "allowance");
        vm.assertEq(grant.spent, 0, "spent");
        vm.assertEq(grant.limitPerPeriod, 1000, "limitPerPeriod");
        vm.assertEq(ledger.account(dataset_).allowed, 3000, "allowed");
        vm.assertEq(ledger.account(dataset_).periodMillis, EPOCH, "periodMillis");
        vm.assertEq(ledger.account(dataset_).limitForLife, 5000, "limitForLife");
    }

    function test_allow_upToTheLimit_isTaken() public {
        allow(address(room), 5000);
        vm.assertEq(ledger.account(dataset_).allowed, 5000);
    }

    /// Lowered to what is spent it ends the room's spending, and frees the rest for others; what was spent stays spent.
    function test_allow_lowered_freesTheRest() public {
        allow(address(room), 5000);
        charge(one(dataset_), PERIOD, 600);
        allow(address(room), 600);
        vm.assertEq(ledger.account(dataset_).allowed, 600);
        vm.assertEq(spent(), 600);
        vm.assertEq(charge(one(dataset_), PERIOD + 1, 1), dataset_);
        allow(address(create(configuration())), 4400);
        vm.assertEq(ledger.account(dataset_).allowed, 5000);
    }

    // ------------------------------------------------------------------------------------------------------------- Charge

    function test_charge_noDataset_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.NothingCharged.selector));
        charge(new bytes32[](0), PERIOD, 1);
    }

    function test_charge_nothing_reverts() public {
        allow(address(room), 5000);
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.NothingCharged.selector));
        charge(one(dataset_), PERIOD, 0);
    }

    function test_charge_datasetTwiceBeyondItsMeans_reverts() public {
        allow(address(room), 1999);
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.CannotPay.selector, dataset_));
        charge(two(dataset_, dataset_), PERIOD, 1000);
        vm.assertEq(spent(), 0);
    }

    function test_charge_datasetTwiceWithinItsMeans_paysTwice() public {
        allow(address(room), 5000);
        vm.assertEq(charge(two(dataset_, dataset_), PERIOD, 500), 0);
        vm.assertEq(spent(), 1000);
        vm.assertEq(ledger.spentInPeriod(dataset_, PERIOD), 1000);
    }

    /// Zero, which stands for "nobody is short", is no data set.
    function test_charge_zeroDataset_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.CannotPay.selector, 0));
        charge(one(0), PERIOD, 1);
    }

    function test_charge_withinTheLimits_isSpent() public {
        allow(address(room), 5000);
        bytes32[] memory list = one(dataset_);
        vm.expectEmit();
        emit IBudgetLedger.Charged(address(room), PERIOD, HOURLY, START, 600, list);
        vm.assertEq(charge(list, PERIOD, 600), 0);

        vm.assertEq(spent(), 600);
        vm.assertEq(ledger.spentInPeriod(dataset_, PERIOD), 600);
        vm.assertEq(ledger.grant(dataset_, address(room)).allowance, 5000);
        vm.assertEq(ledger.grant(dataset_, address(room)).limitPerPeriod, 1000);
        vm.assertEq(ledger.account(dataset_).allowed, 5000);
    }

    function test_charge_upToTheAllowance_isSpent() public {
        allow(address(room), 600);
        vm.assertEq(charge(one(dataset_), PERIOD, 600), 0);
        vm.assertEq(charge(one(dataset_), PERIOD, 1), dataset_);
        vm.assertEq(spent(), 600);
    }

    function test_charge_upToThePeriodsLimit_isSpent() public {
        allow(address(room), 5000);
        vm.assertEq(charge(one(dataset_), PERIOD, 1000), 0);
        vm.recordLogs();
        vm.assertEq(charge(one(dataset_), PERIOD, 1), dataset_);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        vm.assertEq(charge(one(dataset_), PERIOD + 1, 1), 0);
        vm.assertEq(spent(), 1001);
    }

    /// An amount near the type's end does not wrap around a limit.
    function test_charge_largestAmount_isRefused() public {
        allow(address(room), 5000);
        charge(one(dataset_), PERIOD, 1);
        vm.assertEq(charge(one(dataset_), PERIOD, type(uint32).max), dataset_);
    }

    /// Eight periods share a word: none spills into the next, full or empty.
    function test_charge_neighbouringPeriods_areApart() public {
        vm.prank(OWNER);
        bytes32 wide = ledger.register("wide", EPOCH, type(uint32).max, type(uint64).max);
        bytes32 meant = found(address(room));
        vm.prank(OWNER);
        ledger.allow("wide", address(room), meant, type(uint64).max);
        for (uint32 period = 15; period < 26; period++) {
            vm.assertEq(charge(one(wide), period, type(uint32).max - period), 0);
        }
        for (uint32 period = 15; period < 26; period++) {
            vm.assertEq(ledger.spentInPeriod(wide, period), type(uint32).max - period);
            vm.assertEq(charge(one(wide), period, period), 0);
            vm.assertEq(charge(one(wide), period, 1), wide);
        }
        vm.assertEq(ledger.spentInPeriod(wide, 14), 0);
        vm.assertEq(ledger.spentInPeriod(wide, 26), 0);
        vm.assertEq(ledger.grant(wide, address(room)).spent, 11 * uint64(type(uint32).max));
    }

    /// All pay or none; the first that cannot is named.
    function test_charge_oneCannotPay_chargesNone() public {
        vm.prank(OWNER);
        bytes32 poor = ledger.register("poor", EPOCH, 1000, 5000);
        allow(address(room), 5000);
        vm.assertEq(charge(two(dataset_, poor), PERIOD, 600), poor);
        vm.assertEq(charge(two(poor, dataset_), PERIOD, 600), poor);
        vm.assertEq(spent(), 0);
        vm.assertEq(ledger.spentInPeriod(dataset_, PERIOD), 0);
    }

    /// Nobody is refused, and who was allowed nothing pays nothing.
    function test_charge_byAnyone_spendsNothing() public {
        allow(address(room), 5000);
        vm.assertEq(ledger.charge(one(dataset_), PERIOD, 1, HOURLY, START), dataset_);
        vm.assertEq(ledger.charge(one(keccak256("unregistered")), PERIOD, 1, HOURLY, START), keccak256("unregistered"));
        vm.assertEq(ledger.spentInPeriod(dataset_, PERIOD), 0);
    }

    function test_shortOf_dryRun_tellsWhatAChargeWould() public {
        allow(address(room), 1000);
        vm.assertEq(ledger.shortOf(address(room), one(dataset_), PERIOD, 1000), 0);
        vm.assertEq(ledger.shortOf(address(room), one(dataset_), PERIOD, 1001), dataset_);
        vm.assertEq(ledger.shortOf(address(this), one(dataset_), PERIOD, 1), dataset_);
        vm.assertEq(spent(), 0);
    }

    // --------------------------------------------------------------------------------------------------------------- Fuzz

    /// Whatever is allowed and charged, in whatever order, no limit is exceeded and nothing is lost.
    function testFuzz_charge_anySequence_staysBelowTheLimits(uint256[16] memory steps) public {
        uint256 paid = 0;
        // forge-lint: disable-start(unsafe-typecast) bounded
        for (uint256 i = 0; i < steps.length; i++) {
            uint256 step = steps[i];
            if (step % 3 == 0) {
                allow(address(room), uint64(bound(step >> 2, spent(), 5000)));
            } else {
                uint64 period = PERIOD + uint64(bound(step >> 8, 0, 2));
                uint32 amount = uint32(bound(step >> 100, 1, 700));
                if (charge(one(dataset_), period, amount) == 0) paid += amount;
            }
            vm.assertEq(spent(), paid);
            vm.assertLe(spent(), ledger.grant(dataset_, address(room)).allowance);
        }
        // forge-lint: disable-end(unsafe-typecast)
        uint256 sum = 0;
        for (uint64 period = PERIOD; period < PERIOD + 3; period++) {
            sum += ledger.spentInPeriod(dataset_, period);
            vm.assertLe(ledger.spentInPeriod(dataset_, period), 1000);
        }
        vm.assertEq(sum, paid);
    }
}
