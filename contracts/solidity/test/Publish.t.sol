// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract PublishTest is RoomFixture {
    uint256 private constant SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public override {
        super.setUp();
        approveAll();
    }

    function refused(
        IRoom.ReleaseInput memory r,
        IRoom.TotalsInput[] memory inputs,
        bytes[] memory signatures,
        bytes memory reason
    ) private {
        vm.expectRevert(reason);
        room.publish(r, inputs, signatures);
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_publish_notApprovedByAll_reverts() public {
        room = new Room(configuration());
        room.approve(0, sign(partnerKeys[0], approval()));
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        refused(r, inputs, quorumOf(2, r, inputs), abi.encodeWithSelector(IRoom.NotApproved.selector, 1, 3));
    }

    function test_publish_unknownQuery_reverts() public {
        IRoom.ReleaseInput memory r = release(keccak256("other"), START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        refused(r, inputs, quorumOf(2, r, inputs), abi.encodeWithSelector(IRoom.UnknownQuery.selector, r.query));
    }

    function test_publish_outsideTheRoomOrAskew_reverts() public {
        uint64[6] memory starts = [START - DAY, START + HOUR, START + 1, END, type(uint64).max, 0];
        for (uint256 i = 0; i < starts.length; i++) {
            IRoom.ReleaseInput memory r = release(DAILY, starts[i]);
            refused(
                r,
                new IRoom.TotalsInput[](2),
                new bytes[](2),
                abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, DAILY, starts[i], DAY)
            );
        }
    }

    /// Windows of two and three hours: both divide the epoch, neither the other, so one can straddle the room's ends.
    function test_publish_windowAcrossTheEnds_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].windowMillis = 2 * HOUR;
        c.queries[1].windowMillis = 3 * HOUR;
        c.queries = threeQueries(c.queries);
        c.start = START + 3 * HOUR;
        c.end = START + 9 * HOUR;
        deployApproved(c);
        uint64[2] memory starts = [START + 2 * HOUR, START + 8 * HOUR];
        for (uint256 i = 0; i < 2; i++) {
            refused(
                release(HOURLY, starts[i]),
                new IRoom.TotalsInput[](2),
                new bytes[](2),
                abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, HOURLY, starts[i], 2 * HOUR)
            );
        }
    }

    function threeQueries(IRoom.Query[] memory two) private pure returns (IRoom.Query[] memory three) {
        three = new IRoom.Query[](3);
        (three[0], three[1], three[2]) = (two[0], two[1], IRoom.Query(keccak256("shortest"), HOUR));
    }

    function test_publish_noRows_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        r.rowCount = 0;
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        refused(r, inputs, quorumOf(2, r, inputs), abi.encodeWithSelector(IRoom.NoRows.selector, HOURLY, START));
    }

    function test_publish_totalsMissing_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        refused(r, new IRoom.TotalsInput[](1), new bytes[](2), abi.encodeWithSelector(IRoom.TotalsCount.selector, 1, 2));
    }

    function test_publish_totalsTooMany_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        refused(r, new IRoom.TotalsInput[](3), new bytes[](2), abi.encodeWithSelector(IRoom.TotalsCount.selector, 3, 2));
    }

    function test_publish_zeroCommitment_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        inputs[1].commitment = 0;
        refused(r, inputs, quorumOf(2, r, inputs), abi.encodeWithSelector(IRoom.ZeroCommitment.selector, ADVERTISER));
    }

    function test_publish_totalsOfAnotherSigner_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        inputs[1].signature = sign(partnerKeys[0], totalsStruct(ADVERTISER, START, START + HOUR, inputs[1].commitment));
        refused(
            r,
            inputs,
            quorumOf(2, r, inputs),
            abi.encodeWithSelector(
                IRoom.WrongSigner.selector, ADVERTISER, vm.addr(partnerKeys[2]), vm.addr(partnerKeys[0])
            )
        );
    }

    function test_publish_firstTotalsUnsigned_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        inputs[0].signature = "";
        refused(
            r, inputs, quorumOf(2, r, inputs), abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 0)
        );
    }

    /// A commitment of one window cannot be brought for another.
    function test_publish_totalsOfAnotherWindow_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(release(HOURLY, START + HOUR), "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        (bool ok, bytes memory reason) = address(room).call(abi.encodeCall(IRoom.publish, (r, inputs, signatures)));
        vm.assertFalse(ok);
        // forge-lint: disable-next-line(unsafe-typecast) the first four bytes are the error's selector
        vm.assertEq(bytes32(bytes4(reason)), bytes32(IRoom.WrongSigner.selector));
    }

    function test_publish_belowQuorum_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        refused(r, inputs, quorumOf(1, r, inputs), abi.encodeWithSelector(IRoom.QuorumMissed.selector, 1, 2));
    }

    function test_publish_sameNodeTwice_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        signatures[1] = signatures[0];
        address node = vm.addr(nodeKeys[0]);
        refused(r, inputs, signatures, abi.encodeWithSelector(IRoom.SignersNotAscending.selector, node, node));
    }

    function test_publish_signersNotAscending_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        refused(
            r,
            inputs,
            signatures,
            abi.encodeWithSelector(IRoom.SignersNotAscending.selector, vm.addr(nodeKeys[1]), vm.addr(nodeKeys[0]))
        );
    }

    /// A partner's key signs no release, whatever else it may sign.
    function test_publish_signedByAPartner_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        signatures[0] = sign(partnerKeys[0], releaseStruct(HOURLY, START, START + HOUR, hashOf(r, inputs)));
        refused(r, inputs, signatures, abi.encodeWithSelector(IRoom.NotANode.selector, vm.addr(partnerKeys[0])));
    }

    function test_publish_highS_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        bytes32 high;
        (signatures[0], high) = mirrored(signatures[0]);
        refused(r, inputs, signatures, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high));
    }

    /// The other signature that the same key "made": (r, n - s) with v flipped.
    function mirrored(bytes memory signature) private pure returns (bytes memory, bytes32) {
        bytes32 r;
        bytes32 s;
        uint8 v;
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
        bytes32 high = bytes32(SECP256K1_ORDER - uint256(s));
        return (abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27)), high);
    }

    function test_publish_nodeSignatureOfWrongLength_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        signatures[1] = new bytes(64);
        refused(r, inputs, signatures, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));
    }

    /// v is 27 or 28: the 0 and 1 of some signers would be a second encoding of the same signature.
    function test_publish_nodeSignatureWithRawRecoveryId_reverts() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        signatures[0][64] = bytes1(uint8(signatures[0][64]) - 27);
        refused(r, inputs, signatures, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
    }

    /// Nothing that the nodes signed over can be changed afterwards, by whoever carries it to the chain.
    function testFuzz_publish_alteredAfterSigning_reverts(uint256 field, bytes32 other) public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        field = bound(field, 0, 5);
        // forge-lint: disable-next-line(unsafe-typecast) any other number of rows will do
        if (field == 0) r.rowCount = uint32(bound(uint256(other), 8, type(uint32).max));
        if (field == 1) r.root = other;
        if (field == 2) r.mechanisms = other;
        if (field == 3) inputs = totals(r, bytes.concat(other), "b");
        if (field == 4) inputs = totals(r, "a", bytes.concat(other));
        if (field == 5) {
            r.start = START + HOUR;
            inputs = totals(r, "a", "b");
        }
        (bool ok, bytes memory reason) = address(room).call(abi.encodeCall(IRoom.publish, (r, inputs, signatures)));
        vm.assertFalse(ok);
        // forge-lint: disable-next-line(unsafe-typecast) the first four bytes are the error's selector
        bytes4 selector = bytes4(reason);
        // What is recovered is a random address: it sits nowhere, or by chance below the one before it.
        vm.assertTrue(selector == IRoom.NotANode.selector || selector == IRoom.SignersNotAscending.selector);
        vm.assertEq(room.releaseHash(HOURLY, r.start), 0);
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_publish_first_recordsHashAndTotals() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        bytes32 hash = hashOf(r, inputs);

        vm.expectEmit();
        emit IRoom.TotalsCommitted(PUBLISHER, START, START + HOUR, keccak256("a"));
        vm.expectEmit();
        emit IRoom.TotalsCommitted(ADVERTISER, START, START + HOUR, keccak256("b"));
        vm.expectEmit();
        emit IRoom.Published(HOURLY, START, START + HOUR, hash, r.root, 7, 3);
        vm.prank(address(0xbeef));
        assertOutcome(room.publish(r, inputs, signatures), IRoom.Outcome.PUBLISHED);

        vm.assertEq(room.releaseHash(HOURLY, START), hash, "releaseHash");
        vm.assertEq(room.totalsCommitment(PUBLISHER, START, START + HOUR), keccak256("a"), "publisher");
        vm.assertEq(room.totalsCommitment(ADVERTISER, START, START + HOUR), keccak256("b"), "advertiser");
        vm.assertEq(room.totalsCommitment(EVALUATOR, START, START + HOUR), 0, "evaluator");
        vm.assertEq(room.releaseHash(HOURLY, START + HOUR), 0, "next window");
        vm.assertEq(room.releaseHash(DAILY, START), 0, "other query");
    }

    /// Bits are positions in the configuration, whatever the order of the signatures.
    function test_publish_byOtherNodes_setsTheirBits() public {
        IRoom.Configuration memory c = configuration();
        (c.nodes[0], c.nodes[2]) = (c.nodes[2], c.nodes[0]);
        deployApproved(c);
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        bytes[] memory signatures = quorumOf(2, r, inputs);
        vm.expectEmit();
        emit IRoom.TotalsCommitted(PUBLISHER, START, START + HOUR, keccak256("a"));
        vm.expectEmit();
        emit IRoom.TotalsCommitted(ADVERTISER, START, START + HOUR, keccak256("b"));
        vm.expectEmit();
        emit IRoom.Published(HOURLY, START, START + HOUR, hashOf(r, inputs), r.root, 7, 6);
        room.publish(r, inputs, signatures);
    }

    function test_publish_moreThanTheQuorum_isTaken() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        assertOutcome(room.publish(r, inputs, quorumOf(3, r, inputs)), IRoom.Outcome.PUBLISHED);
    }

    function test_publish_firstAndLastWindow_areTaken() public {
        bytes32 first = publish(DAILY, START);
        bytes32 last = publish(DAILY, END - DAY);
        vm.assertEq(room.releaseHash(DAILY, START), first);
        vm.assertEq(room.releaseHash(DAILY, END - DAY), last);
    }

    /// A second query over the same window finds the totals already there and needs no signatures of the partners.
    function test_publish_totalsStored_needNoSignature() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].windowMillis = HOUR;
        deployApproved(c);
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        publish(r, inputs);

        inputs[0].signature = "";
        inputs[1].signature = "";
        bytes32 hash = room.hashRelease(release(DAILY, START), commitmentsOf(inputs));
        bytes[] memory signatures = new bytes[](2);
        for (uint256 i = 0; i < 2; i++) {
            signatures[i] = sign(nodeKeys[i], releaseStruct(DAILY, START, START + HOUR, hash));
        }
        vm.recordLogs();
        assertOutcome(room.publish(release(DAILY, START), inputs, signatures), IRoom.Outcome.PUBLISHED);
        vm.assertEq(vm.getRecordedLogs().length, 1);
        vm.assertEq(room.releaseHash(DAILY, START), hash);
    }

    function test_publish_sameAgain_changesNothing() public {
        IRoom.ReleaseInput memory r = release(HOURLY, START);
        IRoom.TotalsInput[] memory inputs = totals(r, "a", "b");
        publish(r, inputs);

        vm.recordLogs();
        bytes[] memory others = quorumOf(3, r, inputs);
        assertOutcome(room.publish(r, inputs, others), IRoom.Outcome.ALREADY_PUBLISHED);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        vm.assertEq(room.releaseHash(HOURLY, START), hashOf(r, inputs));
    }

    function testFuzz_hashRelease_anyRelease_equalsTheProtocol(
        uint256 window,
        uint32 rowCount,
        bytes32 root,
        bytes32 mechanisms,
        bytes memory a,
        bytes memory b
    ) public view {
        // forge-lint: disable-next-line(unsafe-typecast) bounded to the room's hours
        uint64 from = START + HOUR * uint64(bound(window, 0, 28 * 24 - 1));
        IRoom.ReleaseInput memory r = IRoom.ReleaseInput(HOURLY, from, rowCount, root, mechanisms);
        IRoom.TotalsInput[] memory inputs = totals(r, a, b);
        vm.assertEq(room.hashRelease(r, commitmentsOf(inputs)), hashOf(r, inputs));
    }

    /// Every window of the room takes exactly one hash, whichever order they come in.
    function testFuzz_publish_anyWindow_isRecordedOnce(uint256 window, uint256 repeats) public {
        // forge-lint: disable-next-line(unsafe-typecast) bounded to the room's hours
        uint64 from = START + HOUR * uint64(bound(window, 0, 28 * 24 - 1));
        bytes32 hash = publish(HOURLY, from);
        repeats = bound(repeats, 1, 3);
        for (uint256 i = 0; i < repeats; i++) {
            publish(HOURLY, from);
        }
        vm.assertEq(room.releaseHash(HOURLY, from), hash);
    }
}
