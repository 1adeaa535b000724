// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice A quorum signs what the budget cannot pay.
contract WithheldTest is RoomFixture {
    bytes32 private constant WITHHELD = bytes32(uint256(1));

    function setUp() public override {
        super.setUp();
        activate();
        allow(2, CHARGE - 1);
    }

    function allow(uint256 partner, uint64 allowance) private {
        allow(partner, address(room), allowance);
    }

    function test_publish_cannotPay_recordsThatForEver() public {
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        vm.expectEmit();
        emit IRoom.TotalsCommitted(START, START + HOUR, t.commitments);
        vm.expectEmit();
        emit IRoom.Withheld(HOURLY, START, START + HOUR, hashOf(release(HOURLY), t), dataset(2), 3);
        assertOutcome(room.publish(t, batch(HOURLY), signatures)[0], IRoom.Outcome.WITHHELD);

        vm.assertEq(room.releaseHash(HOURLY, START), WITHHELD);
        vm.assertFalse(room.charged(HOURLY, START / EPOCH));
    }

    /// Nobody pays for what is not released, also not those who could.
    function test_publish_cannotPay_chargesNobody() public {
        publish(HOURLY, START);
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(ledger.spentInPeriod(dataset(i), START / EPOCH), 0);
            vm.assertEq(ledger.grant(dataset(i), address(room)).spent, 0);
        }
    }

    function test_publish_sameAgain_staysWithheld() public {
        publish(HOURLY, START);
        allow(2, ALLOWANCE);
        vm.recordLogs();
        assertOutcome(publish(batch(HOURLY), totals(START, START + HOUR))[0], IRoom.Outcome.WITHHELD);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        vm.assertEq(room.releaseHash(HOURLY, START), WITHHELD);
    }

    /// What was withheld is no release that another could conflict with.
    function test_publish_otherHash_staysWithheld() public {
        publish(HOURLY, START);
        IRoom.ReleaseInput[] memory releases = batch(HOURLY);
        releases[0].rowCount = 8;
        assertOutcome(publish(releases, totals(START, START + HOUR))[0], IRoom.Outcome.WITHHELD);
        assertOutcome(publish(releases, totals(START, START + HOUR, "other"))[0], IRoom.Outcome.WITHHELD);
        vm.assertEq(room.releaseHash(HOURLY, START), WITHHELD);
    }

    /// The next window of the same epoch asks the budget again.
    function test_publish_paidLater_isTakenFromThenOn() public {
        publish(HOURLY, START);
        allow(2, CHARGE);
        bytes32 hash = publish(HOURLY, START + HOUR);
        vm.assertEq(room.releaseHash(HOURLY, START + HOUR), hash);
        vm.assertTrue(room.charged(HOURLY, START / EPOCH));
    }

    /// One query that cannot be paid leaves the others of its batch alone.
    function test_publish_oneOfABatch_leavesTheRest() public {
        allow(2, CHARGE);
        IRoom.Outcome[] memory outcomes = publish(batch(HOURLY_TOO, HOURLY), totals(START, START + HOUR));
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
        assertOutcome(outcomes[1], IRoom.Outcome.WITHHELD);
    }

    /// What is paid for the epoch stays paid, even when the owner lowers the allowance to what is spent.
    function test_publish_chargedEpoch_goesOnWithoutAllowance() public {
        allow(2, ALLOWANCE);
        publish(HOURLY, START);
        allow(2, CHARGE);
        publish(HOURLY, START + HOUR);
        assertOutcome(publish(batch(HOURLY), totals(START + EPOCH, START + EPOCH + HOUR))[0], IRoom.Outcome.WITHHELD);
        vm.assertNotEq(room.releaseHash(HOURLY, START + HOUR), WITHHELD);
    }

    /// The limit of a period is the data set's, whatever the allowance.
    function test_publish_periodIsSpent_isWithheld() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].charge = LIMIT_PER_PERIOD;
        room = create(c);
        activate(c);
        publish(DAILY, START);
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        vm.expectEmit();
        emit IRoom.TotalsCommitted(START, START + HOUR, t.commitments);
        vm.expectEmit();
        emit IRoom.Withheld(HOURLY, START, START + HOUR, hashOf(release(HOURLY), t), dataset(0), 3);
        room.publish(t, batch(HOURLY), signatures);

        publish(HOURLY, START + EPOCH);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH + 1), LIMIT_PER_PERIOD);
    }
}
