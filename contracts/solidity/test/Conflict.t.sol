// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice Something valid comes second: the first stands, and what came is on record.
contract ConflictTest is RoomFixture {
    bytes32 private first;

    function setUp() public override {
        super.setUp();
        approveAll();
        first = publish(DAILY, START);
    }

    function test_publish_otherHash_recordsAConflict() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        r.root = keccak256("another root");
        IRoom.TotalsInput[] memory inputs = totals(r, "publisher", "advertiser");
        bytes[] memory signatures = quorumOf(2, r, inputs);

        vm.expectEmit();
        emit IRoom.Conflict(DAILY, START, START + DAY, first, hashOf(r, inputs), 3);
        assertOutcome(room.publish(r, inputs, signatures), IRoom.Outcome.CONFLICT);
        vm.assertEq(room.releaseHash(DAILY, START), first);
    }

    function test_publish_otherHashBelowQuorum_reverts() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        r.root = keccak256("another root");
        IRoom.TotalsInput[] memory inputs = totals(r, "publisher", "advertiser");
        bytes[] memory signatures = quorumOf(1, r, inputs);
        vm.expectRevert(abi.encodeWithSelector(IRoom.QuorumMissed.selector, 1, 2));
        room.publish(r, inputs, signatures);
    }

    function test_publish_firstAgainAfterConflict_isAlreadyPublished() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        r.rowCount = 8;
        assertOutcome(publish(r, totals(r, "publisher", "advertiser")), IRoom.Outcome.CONFLICT);

        r.rowCount = 7;
        assertOutcome(publish(r, totals(r, "publisher", "advertiser")), IRoom.Outcome.ALREADY_PUBLISHED);
    }

    function test_publish_equivocatedTotals_recordsTheEvidenceAndTheConflict() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "publisher", "other input");
        bytes[] memory signatures = quorumOf(2, r, inputs);

        vm.expectEmit();
        emit IRoom.TotalsEquivocation(
            ADVERTISER, START, START + DAY, keccak256("advertiser"), inputs[1].commitment, inputs[1].signature
        );
        vm.expectEmit();
        emit IRoom.Conflict(DAILY, START, START + DAY, first, hashOf(r, inputs), 3);
        assertOutcome(room.publish(r, inputs, signatures), IRoom.Outcome.CONFLICT);

        vm.assertEq(room.totalsCommitment(ADVERTISER, START, START + DAY), keccak256("advertiser"));
        vm.assertEq(room.releaseHash(DAILY, START), first);
    }

    function test_publish_bothEquivocate_recordsBoth() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "one", "two");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        vm.recordLogs();
        assertOutcome(room.publish(r, inputs, signatures), IRoom.Outcome.CONFLICT);
        vm.assertEq(vm.getRecordedLogs().length, 3);
    }

    /// Someone else's word is no evidence: a commitment that the partner did not sign is refused, not recorded.
    function test_publish_forgedEquivocation_reverts() public {
        IRoom.ReleaseInput memory r = release(DAILY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "publisher", "other input");
        inputs[1].signature = sign(partnerKeys[0], totalsStruct(ADVERTISER, START, START + DAY, inputs[1].commitment));
        bytes[] memory signatures = quorumOf(2, r, inputs);
        vm.expectRevert(
            abi.encodeWithSelector(
                IRoom.WrongSigner.selector, ADVERTISER, vm.addr(partnerKeys[2]), vm.addr(partnerKeys[0])
            )
        );
        room.publish(r, inputs, signatures);
    }

    /// Two queries over one window: the totals of the first bind the second, which stays open for the right ones.
    function test_publish_otherTotalsForAnotherQuery_leavesItOpen() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].windowMillis = DAY;
        deployApproved(c);
        first = publish(DAILY, START);

        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = dayTotals("publisher", "other input");
        bytes[] memory signatures = daySignatures(r, inputs);
        vm.expectEmit();
        emit IRoom.TotalsEquivocation(
            ADVERTISER, START, START + DAY, keccak256("advertiser"), inputs[1].commitment, inputs[1].signature
        );
        vm.expectEmit();
        emit IRoom.Conflict(HOURLY, START, START + DAY, 0, room.hashRelease(r, commitmentsOf(inputs)), 3);
        assertOutcome(room.publish(r, inputs, signatures), IRoom.Outcome.CONFLICT);
        vm.assertEq(room.releaseHash(HOURLY, START), 0);

        inputs = dayTotals("publisher", "advertiser");
        assertOutcome(room.publish(r, inputs, daySignatures(r, inputs)), IRoom.Outcome.PUBLISHED);
        vm.assertEq(room.releaseHash(HOURLY, START), room.hashRelease(r, commitmentsOf(inputs)));
    }

    function dayTotals(bytes memory a, bytes memory b) private view returns (IRoom.TotalsInput[] memory) {
        return totals(release(DAILY, START), a, b);
    }

    function daySignatures(IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs)
        private
        view
        returns (bytes[] memory signatures)
    {
        bytes32 hash = room.hashRelease(r, commitmentsOf(inputs));
        signatures = new bytes[](2);
        for (uint256 i = 0; i < 2; i++) {
            signatures[i] = sign(nodeKeys[i], releaseStruct(r.query, START, START + DAY, hash));
        }
    }

    /// No sequence of valid offers moves a recorded hash or a recorded commitment.
    function testFuzz_publish_anySequence_keepsTheFirst(uint8[6] memory roots, uint8[6] memory labels) public {
        for (uint256 i = 0; i < roots.length; i++) {
            IRoom.ReleaseInput memory r = release(DAILY, START);
            r.root = keccak256(abi.encode(roots[i]));
            IRoom.TotalsInput[] memory inputs =
                totals(r, "publisher", labels[i] % 2 == 0 ? bytes("advertiser") : abi.encode(labels[i]));
            assertOutcome(publish(r, inputs), IRoom.Outcome.CONFLICT);
        }
        vm.assertEq(room.releaseHash(DAILY, START), first);
        vm.assertEq(room.totalsCommitment(PUBLISHER, START, START + DAY), keccak256("publisher"));
        vm.assertEq(room.totalsCommitment(ADVERTISER, START, START + DAY), keccak256("advertiser"));
    }
}
