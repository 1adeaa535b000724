// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice Something valid comes second: the first stands, and what came is on record.
contract ConflictTest is RoomFixture {
    bytes32 private first;
    bytes32 private firstTotals;

    function setUp() public override {
        super.setUp();
        activate();
        first = publish(HOURLY, START);
        firstTotals = room.totalsHash(START, START + HOUR);
    }

    function another(bytes32 query) private pure returns (IRoom.ReleaseInput[] memory releases) {
        releases = batch(query);
        releases[0].root = keccak256("another root");
    }

    function firstHour(bytes memory label) private view returns (IRoom.WindowTotals memory) {
        return totals(START, START + HOUR, label);
    }

    function test_publish_otherHash_recordsAConflict() public {
        IRoom.ReleaseInput[] memory releases = another(HOURLY);
        IRoom.WindowTotals memory t = firstHour("input");
        bytes[] memory signatures = quorumOf(2, releases, t);

        vm.expectEmit();
        emit IRoom.Conflict(HOURLY, START, START + HOUR, first, hashOf(releases[0], t), 3);
        assertOutcome(room.publish(t, releases, signatures)[0], IRoom.Outcome.CONFLICT);
        vm.assertEq(room.releaseHash(HOURLY, START), first);
    }

    function test_publish_otherHashBelowQuorum_reverts() public {
        IRoom.ReleaseInput[] memory releases = another(HOURLY);
        IRoom.WindowTotals memory t = firstHour("input");
        bytes[] memory signatures = quorumOf(1, releases, t);
        vm.expectRevert(abi.encodeWithSelector(IRoom.QuorumMissed.selector, 1, 2));
        room.publish(t, releases, signatures);
    }

    function test_publish_otherHash_chargesNothing() public {
        publish(another(HOURLY), firstHour("input"));
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH), CHARGE);
    }

    function test_publish_firstAgainAfterConflict_isAlreadyPublished() public {
        publish(another(HOURLY), firstHour("input"));
        assertOutcome(publish(batch(HOURLY), firstHour("input"))[0], IRoom.Outcome.ALREADY_PUBLISHED);
    }

    /// One conflict in a batch stops that query alone.
    function test_publish_conflictInABatch_leavesTheRest() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY, HOURLY_TOO);
        releases[0].rowCount = 8;
        IRoom.Outcome[] memory outcomes = publish(releases, firstHour("input"));
        assertOutcome(outcomes[0], IRoom.Outcome.CONFLICT);
        assertOutcome(outcomes[1], IRoom.Outcome.PUBLISHED);
    }

    /// A list that contradicts itself: its first word stands.
    function test_publish_sameQueryTwice_isAConflictWithItself() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY_TOO, HOURLY_TOO);
        releases[1].rowCount = 8;
        IRoom.WindowTotals memory t = firstHour("input");
        IRoom.Outcome[] memory outcomes = publish(releases, t);
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
        assertOutcome(outcomes[1], IRoom.Outcome.CONFLICT);
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), hashOf(releases[0], t));
    }

    function test_publish_otherTotals_recordsBothConflicts() public {
        IRoom.WindowTotals memory t = firstHour("other input");
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);

        vm.expectEmit();
        emit IRoom.TotalsConflict(START, START + HOUR, firstTotals, t.commitments);
        vm.expectEmit();
        emit IRoom.Conflict(HOURLY, START, START + HOUR, first, hashOf(release(HOURLY), t), 3);
        assertOutcome(room.publish(t, batch(HOURLY), signatures)[0], IRoom.Outcome.CONFLICT);
        vm.assertEq(room.totalsHash(START, START + HOUR), firstTotals);
        vm.assertEq(room.releaseHash(HOURLY, START), first);
    }

    /// The totals of the first query bind the second, which stays open, and unpaid, for the right ones.
    function test_publish_otherTotalsForAnotherQuery_leavesItOpen() public {
        IRoom.WindowTotals memory t = firstHour("other input");
        bytes[] memory signatures = quorumOf(2, batch(HOURLY_TOO), t);
        vm.expectEmit();
        emit IRoom.TotalsConflict(START, START + HOUR, firstTotals, t.commitments);
        vm.expectEmit();
        emit IRoom.Conflict(HOURLY_TOO, START, START + HOUR, 0, hashOf(release(HOURLY_TOO), t), 3);
        assertOutcome(room.publish(t, batch(HOURLY_TOO), signatures)[0], IRoom.Outcome.CONFLICT);
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), 0);
        vm.assertFalse(room.charged(HOURLY_TOO, START / EPOCH));

        assertOutcome(publish(batch(HOURLY_TOO), firstHour("input"))[0], IRoom.Outcome.PUBLISHED);
    }

    /// Someone else's word is no evidence: totals that a partner did not sign are refused, not recorded.
    function test_publish_otherTotalsOfAnotherSigner_reverts() public {
        IRoom.WindowTotals memory t = firstHour("other input");
        t.signatures[1] =
            sign(partnerKeys[0], totalsStruct(keccak256("policy"), id(2), START, START + HOUR, t.commitments[1]));
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        vm.expectRevert(
            abi.encodeWithSelector(IRoom.WrongSigner.selector, id(2), vm.addr(partnerKeys[2]), vm.addr(partnerKeys[0]))
        );
        room.publish(t, batch(HOURLY), signatures);
    }

    /// No sequence of valid offers moves a recorded hash or the recorded totals.
    function testFuzz_publish_anySequence_keepsTheFirst(uint8[6] memory roots, uint8[6] memory labels) public {
        for (uint256 i = 0; i < roots.length; i++) {
            IRoom.ReleaseInput[] memory releases = batch(HOURLY);
            releases[0].root = keccak256(abi.encode(roots[i]));
            bytes memory label = labels[i] % 2 == 0 ? bytes("input") : abi.encode(labels[i]);
            assertOutcome(publish(releases, firstHour(label))[0], IRoom.Outcome.CONFLICT);
        }
        vm.assertEq(room.releaseHash(HOURLY, START), first);
        vm.assertEq(room.totalsHash(START, START + HOUR), firstTotals);
    }
}
