// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IBudgetLedger} from "../src/IBudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract PublishTest is RoomFixture {
    IRoom.ReleaseInput[] private hourly;
    IRoom.WindowTotals private firstHour;

    function setUp() public override {
        super.setUp();
        activate();
        hourly.push(release(HOURLY));
        firstHour = totals(START, START + HOUR);
    }

    function refused(
        IRoom.WindowTotals memory t,
        IRoom.ReleaseInput[] memory releases,
        bytes[] memory signatures,
        bytes memory reason
    ) private {
        vm.expectRevert(reason);
        room.publish(t, releases, signatures);
    }

    function refused(IRoom.WindowTotals memory t, IRoom.ReleaseInput[] memory releases, bytes memory reason) private {
        refused(t, releases, quorumOf(2, releases, t), reason);
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_publish_notApprovedByAll_reverts() public {
        room = create(configuration());
        refused(firstHour, hourly, abi.encodeWithSelector(IRoom.NotActive.selector, 0, 4));
    }

    function test_publish_notRevealedByAll_reverts() public {
        room = create(configuration());
        for (uint256 i = 0; i < 4; i++) {
            approve(i);
        }
        allowAll(room);
        reveal(0);
        reveal(1);
        reveal(2);
        refused(firstHour, hourly, abi.encodeWithSelector(IRoom.NotActive.selector, 3, 4));
    }

    function test_publish_outsideTheRoom_reverts() public {
        uint64[5] memory starts = [START - DAY, START - 1, END, END - DAY + 1, 0];
        for (uint256 i = 0; i < starts.length; i++) {
            IRoom.WindowTotals memory t = totals(starts[i], starts[i] + DAY);
            refused(
                t, batch(DAILY), abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, starts[i], starts[i] + DAY, END)
            );
        }
    }

    function test_publish_windowEndsBeforeItStarts_reverts() public {
        uint64[2] memory ends = [START + DAY, START];
        for (uint256 i = 0; i < ends.length; i++) {
            IRoom.WindowTotals memory t = totals(START + DAY, ends[i]);
            refused(t, batch(DAILY), abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, START + DAY, ends[i], END));
        }
    }

    function test_publish_nothing_reverts() public {
        refused(firstHour, new IRoom.ReleaseInput[](0), abi.encodeWithSelector(IRoom.ReleaseCount.selector, 0, 64));
    }

    function test_publish_moreThanAPolicyCanAsk_reverts() public {
        refused(firstHour, new IRoom.ReleaseInput[](65), abi.encodeWithSelector(IRoom.ReleaseCount.selector, 65, 64));
    }

    function test_publish_totalsMissing_reverts() public {
        IRoom.WindowTotals memory t = IRoom.WindowTotals(START, START + HOUR, new bytes32[](2), new bytes[](3));
        refused(t, hourly, abi.encodeWithSelector(IRoom.TotalsCount.selector, 2, 3, 3));
    }

    function test_publish_totalsTooMany_reverts() public {
        IRoom.WindowTotals memory t = IRoom.WindowTotals(START, START + HOUR, new bytes32[](4), new bytes[](4));
        refused(t, hourly, abi.encodeWithSelector(IRoom.TotalsCount.selector, 4, 4, 3));
    }

    function test_publish_totalsUnsigned_reverts() public {
        IRoom.WindowTotals memory t = firstHour;
        t.signatures = new bytes[](0);
        refused(t, hourly, abi.encodeWithSelector(IRoom.TotalsCount.selector, 3, 0, 3));
    }

    function test_publish_zeroCommitment_reverts() public {
        IRoom.WindowTotals memory t = firstHour;
        t.commitments[1] = 0;
        t.signatures[1] = sign(partnerKeys[2], totalsStruct(keccak256("policy"), id(2), START, START + HOUR, 0));
        refused(t, hourly, abi.encodeWithSelector(IRoom.ZeroCommitment.selector, id(2)));
    }

    function test_publish_totalsSignatureOfWrongLength_reverts() public {
        IRoom.WindowTotals memory t = firstHour;
        t.signatures[2] = "";
        refused(t, hourly, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 0));
    }

    function test_publish_totalsOfAnotherSigner_reverts() public {
        IRoom.WindowTotals memory t = firstHour;
        t.signatures[1] =
            sign(partnerKeys[0], totalsStruct(keccak256("policy"), id(2), START, START + HOUR, t.commitments[1]));
        refused(
            t,
            hourly,
            abi.encodeWithSelector(IRoom.WrongSigner.selector, id(2), vm.addr(partnerKeys[2]), vm.addr(partnerKeys[0]))
        );
    }

    /// Totals are the agent's to sign: an approver's key is meant to lie in a safe.
    function test_publish_totalsOfTheApprover_reverts() public {
        IRoom.WindowTotals memory t = firstHour;
        t.signatures[0] =
            sign(approverKeys[0], totalsStruct(keccak256("policy"), id(0), START, START + HOUR, t.commitments[0]));
        refused(
            t, hourly, abi.encodeWithSelector(IRoom.WrongSigner.selector, id(0), vm.addr(partnerKeys[0]), approver(0))
        );
    }

    function totalsSignedAs(bytes32 policyHash, uint64 from, uint64 to) private {
        IRoom.WindowTotals memory t = firstHour;
        t.signatures[0] = sign(partnerKeys[0], totalsStruct(policyHash, id(0), from, to, t.commitments[0]));
        bytes[] memory signatures = quorumOf(2, hourly, t);
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.publish, (t, hourly, signatures)));
        assertEq4(reason, IRoom.WrongSigner.selector);
    }

    /// A commitment of one window, or under another policy, cannot be brought for this one.
    function test_publish_totalsOfAnotherWindow_reverts() public {
        totalsSignedAs(keccak256("policy"), START + HOUR, START + HOUR);
        totalsSignedAs(keccak256("policy"), START, START + DAY);
        totalsSignedAs(keccak256("other policy"), START, START + HOUR);
    }

    function test_publish_unknownQuery_reverts() public {
        bytes32 other = keccak256("other");
        refused(firstHour, batch(other), abi.encodeWithSelector(IRoom.UnknownQuery.selector, other));
        refused(firstHour, batch(HOURLY, other), abi.encodeWithSelector(IRoom.UnknownQuery.selector, other));
    }

    function test_publish_windowOfAnotherQuery_reverts() public {
        refused(
            firstHour,
            batch(HOURLY, DAILY),
            abi.encodeWithSelector(IRoom.WindowNotOfQuery.selector, DAILY, START, START + HOUR, DAY)
        );
    }

    function test_publish_windowAskew_reverts() public {
        uint64[2] memory starts = [START + 1, START + HOUR];
        for (uint256 i = 0; i < starts.length; i++) {
            refused(
                totals(starts[i], starts[i] + DAY),
                batch(DAILY),
                abi.encodeWithSelector(IRoom.WindowNotOfQuery.selector, DAILY, starts[i], starts[i] + DAY, DAY)
            );
        }
    }

    function test_publish_twoWindowsInOne_reverts() public {
        refused(
            totals(START, START + 2 * HOUR),
            hourly,
            abi.encodeWithSelector(IRoom.WindowNotOfQuery.selector, HOURLY, START, START + 2 * HOUR, HOUR)
        );
    }

    function test_publish_noRows_reverts() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY, HOURLY_TOO);
        releases[1].rowCount = 0;
        refused(firstHour, releases, abi.encodeWithSelector(IRoom.NoRows.selector, HOURLY_TOO, START));
    }

    function test_publish_belowQuorum_reverts() public {
        refused(
            firstHour, hourly, quorumOf(1, hourly, firstHour), abi.encodeWithSelector(IRoom.QuorumMissed.selector, 1, 2)
        );
    }

    function test_publish_signersNotAscending_reverts() public {
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        refused(
            firstHour,
            hourly,
            signatures,
            abi.encodeWithSelector(IRoom.SignersNotAscending.selector, vm.addr(nodeKeys[1]), vm.addr(nodeKeys[0]))
        );
    }

    /// A partner's key signs no release, whatever else it may sign.
    function test_publish_signedByAPartner_reverts() public {
        bytes32 structHash = releasesStruct(keccak256("policy"), START, START + HOUR, signedList(hourly, firstHour));
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        signatures[0] = sign(partnerKeys[0], structHash);
        refused(firstHour, hourly, signatures, abi.encodeWithSelector(IRoom.NotANode.selector, vm.addr(partnerKeys[0])));
        signatures[0] = sign(0x5eed, structHash);
        refused(firstHour, hourly, signatures, abi.encodeWithSelector(IRoom.NotANode.selector, vm.addr(0x5eed)));
    }

    function test_publish_nodeSignatureOfWrongLength_reverts() public {
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        signatures[1] = new bytes(64);
        refused(firstHour, hourly, signatures, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 64));
    }

    /// v is 27 or 28: the 0 and 1 of some signers would be a second encoding of the same signature.
    function test_publish_nodeSignatureWithRawRecoveryId_reverts() public {
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        signatures[0][64] = bytes1(uint8(signatures[0][64]) - 27);
        refused(firstHour, hourly, signatures, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
    }

    function signedAs(bytes32 structHash) private {
        bytes[] memory signatures = new bytes[](2);
        signatures[0] = sign(nodeKeys[0], structHash);
        signatures[1] = sign(nodeKeys[1], structHash);
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.publish, (firstHour, hourly, signatures)));
        // What is recovered is a random address: it sits nowhere, or by chance below the one before it.
        vm.assertTrue(reason == IRoom.NotANode.selector || reason == IRoom.SignersNotAscending.selector);
    }

    function test_publish_releasesSignedForElsewhere_reverts() public {
        IRoom.Release[] memory list = signedList(hourly, firstHour);
        signedAs(releasesStruct(keccak256("other policy"), START, START + HOUR, list));
        signedAs(releasesStruct(keccak256("policy"), START + HOUR, START + HOUR, list));
        signedAs(releasesStruct(keccak256("policy"), START, START + DAY, list));
        list[0].query = HOURLY_TOO;
        signedAs(releasesStruct(keccak256("policy"), START, START + HOUR, list));
    }

    /// Nothing that the nodes signed over can be changed afterwards, by whoever carries it to the chain.
    function testFuzz_publish_alteredAfterSigning_reverts(uint256 field, bytes32 other) public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY, HOURLY_TOO);
        IRoom.WindowTotals memory t = firstHour;
        bytes[] memory signatures = quorumOf(2, releases, t);
        field = bound(field, 0, 7);
        // forge-lint: disable-next-line(unsafe-typecast) any other number of rows will do
        if (field == 0) releases[1].rowCount = uint32(bound(uint256(other), 8, type(uint32).max));
        if (field == 1) releases[0].root = other;
        if (field == 2) releases[1].mechanisms = other;
        if (field == 3) t = totals(START, START + HOUR, bytes.concat(other));
        if (field == 4) t = totals(START + HOUR, START + 2 * HOUR);
        if (field == 5) (releases[0], releases[1]) = (releases[1], releases[0]);
        if (field == 6) releases = batch(HOURLY);
        if (field == 7) releases[1] = releases[0];
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.publish, (t, releases, signatures)));
        vm.assertTrue(reason == IRoom.NotANode.selector || reason == IRoom.SignersNotAscending.selector);
        vm.assertEq(room.releaseHash(HOURLY, t.start), 0);
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_publish_first_recordsChargesAndTells() public {
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        bytes32 hash = hashOf(hourly[0], firstHour);
        bytes32[] memory payers = new bytes32[](3);
        (payers[0], payers[1], payers[2]) = (dataset(0), dataset(2), dataset(3));

        vm.expectEmit();
        emit IRoom.TotalsCommitted(START, START + HOUR, firstHour.commitments);
        vm.expectEmit();
        emit IBudgetLedger.Charged(address(room), START / EPOCH, HOURLY, START, CHARGE, payers);
        vm.expectEmit();
        emit IRoom.Published(HOURLY, START, START + HOUR, hash, keccak256("root"), 7, 3);
        vm.prank(address(0xbeef));
        IRoom.Outcome[] memory outcomes = room.publish(firstHour, hourly, signatures);

        vm.assertEq(outcomes.length, 1);
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
        vm.assertEq(room.releaseHash(HOURLY, START), hash, "releaseHash");
        vm.assertEq(room.totalsHash(START, START + HOUR), keccak256(abi.encode(firstHour.commitments)), "totalsHash");
        vm.assertTrue(room.charged(HOURLY, START / EPOCH));
        vm.assertEq(room.releaseHash(HOURLY, START + HOUR), 0, "next window");
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), 0, "other query");
        vm.assertEq(room.totalsHash(START, START + DAY), 0, "other end");
        vm.assertEq(room.totalsHash(START + HOUR, START + 2 * HOUR), 0, "next window's totals");
        vm.assertFalse(room.charged(HOURLY_TOO, START / EPOCH));
        vm.assertFalse(room.charged(HOURLY, START / EPOCH + 1));
    }

    function test_publish_batch_recordsEveryQuery() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY, HOURLY_TOO);
        releases[1].root = keccak256("another root");
        bytes[] memory signatures = quorumOf(2, releases, firstHour);
        bytes32 first = hashOf(releases[0], firstHour);
        bytes32 second = hashOf(releases[1], firstHour);
        vm.recordLogs();
        IRoom.Outcome[] memory outcomes = room.publish(firstHour, releases, signatures);
        // The totals once; a charge and a release per query.
        vm.assertEq(vm.getRecordedLogs().length, 5);

        vm.assertEq(outcomes.length, 2);
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
        assertOutcome(outcomes[1], IRoom.Outcome.PUBLISHED);
        vm.assertEq(room.releaseHash(HOURLY, START), first);
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), second);
    }

    /// Bits are positions in the configuration, whatever the order of the signatures.
    function test_publish_byOtherNodes_setsTheirBits() public {
        IRoom.Configuration memory c = configuration();
        (c.nodes[0], c.nodes[2]) = (c.nodes[2], c.nodes[0]);
        room = create(c);
        activate(c);
        firstHour = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, hourly, firstHour);
        bytes32 hash = hashOf(hourly[0], firstHour);
        vm.recordLogs();
        room.publish(firstHour, hourly, signatures);
        (, bytes32 recorded,,, uint256 signers) =
            abi.decode(vm.getRecordedLogs()[2].data, (uint64, bytes32, bytes32, uint32, uint256));
        vm.assertEq(recorded, hash);
        vm.assertEq(signers, 6);
    }

    function test_publish_moreThanTheQuorum_isTaken() public {
        IRoom.Outcome[] memory outcomes = room.publish(firstHour, hourly, quorumOf(3, hourly, firstHour));
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
    }

    function test_publish_firstAndLastWindow_areTaken() public {
        bytes32 first = publish(DAILY, START);
        bytes32 last = publish(DAILY, END - DAY);
        vm.assertEq(room.releaseHash(DAILY, START), first);
        vm.assertEq(room.releaseHash(DAILY, END - DAY), last);
    }

    /// A second query over the same window finds the totals already there and needs no signatures of the partners.
    function test_publish_totalsStored_needNoSignature() public {
        publish(hourly, firstHour);
        IRoom.WindowTotals memory t = firstHour;
        t.signatures = new bytes[](0);
        bytes32 hash = hashOf(release(HOURLY_TOO), t);
        vm.recordLogs();
        assertOutcome(publish(batch(HOURLY_TOO), t)[0], IRoom.Outcome.PUBLISHED);
        // The charge and the release, no totals.
        vm.assertEq(vm.getRecordedLogs().length, 2);
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), hash);
    }

    function test_publish_sameAgain_changesNothing() public {
        publish(hourly, firstHour);
        bytes[] memory others = quorumOf(3, hourly, firstHour);
        vm.recordLogs();
        assertOutcome(room.publish(firstHour, hourly, others)[0], IRoom.Outcome.ALREADY_PUBLISHED);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        vm.assertEq(room.releaseHash(HOURLY, START), hashOf(hourly[0], firstHour));
    }

    /// What a batch shares with an earlier one is a repeat; the rest is recorded.
    function test_publish_batchWithARepeat_recordsTheRest() public {
        publish(hourly, firstHour);
        IRoom.Outcome[] memory outcomes = publish(batch(HOURLY_TOO, HOURLY), firstHour);
        assertOutcome(outcomes[0], IRoom.Outcome.PUBLISHED);
        assertOutcome(outcomes[1], IRoom.Outcome.ALREADY_PUBLISHED);
    }

    // ------------------------------------------------------------------------------------------------------------- Charge

    function test_publish_sameEpoch_isChargedOnce() public {
        publish(HOURLY, START);
        publish(HOURLY, START + HOUR);
        publish(HOURLY, START + EPOCH - HOUR);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH), CHARGE);
        vm.assertEq(ledger.grant(dataset(0), address(room)).spent, CHARGE);
    }

    function test_publish_nextEpoch_isChargedAgain() public {
        publish(HOURLY, START + EPOCH - HOUR);
        publish(HOURLY, START + EPOCH);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH), CHARGE);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH + 1), CHARGE);
        vm.assertEq(ledger.grant(dataset(0), address(room)).spent, 2 * CHARGE);
        vm.assertTrue(room.charged(HOURLY, START / EPOCH + 1));
    }

    /// Every query pays for itself, out of the data sets it reads and no others.
    function test_publish_otherQueries_areChargedToTheirDatasets() public {
        publish(HOURLY, START);
        publish(HOURLY_TOO, START);
        publish(DAILY, START);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH), 3 * CHARGE);
        vm.assertEq(ledger.spentInPeriod(dataset(2), START / EPOCH), 2 * CHARGE);
        vm.assertEq(ledger.spentInPeriod(dataset(3), START / EPOCH), 2 * CHARGE);
    }

    /// Marks of neighbouring queries and epochs share words and do not touch each other.
    function test_charged_everyQueryAndEpoch_hasItsOwnMark() public {
        IRoom.Configuration memory c = configuration();
        c.end = START + 4 * EPOCH;
        c.queries = new IRoom.Query[](64);
        for (uint256 i = 0; i < 64; i++) {
            c.queries[i] = IRoom.Query(keccak256(abi.encode("query", i)), HOUR, 1, 1);
        }
        epochs = 4;
        room = create(c);
        activate(c);

        uint256[3] memory places = [uint256(0), 1, 63];
        for (uint64 epoch = 0; epoch < 4; epoch++) {
            for (uint256 i = 0; i < 3; i++) {
                publish(c.queries[places[i]].id, START + epoch * EPOCH);
                vm.assertEq(marks(c), epoch * 3 + i + 1);
                vm.assertTrue(room.charged(c.queries[places[i]].id, START / EPOCH + epoch));
            }
        }
    }

    /// Every query that a policy can have, in one transaction.
    function test_publish_asMuchAsAPolicyCanAsk_isTaken() public {
        IRoom.Configuration memory c = configuration();
        c.queries = new IRoom.Query[](64);
        IRoom.ReleaseInput[] memory releases = new IRoom.ReleaseInput[](64);
        for (uint256 i = 0; i < 64; i++) {
            c.queries[i] = IRoom.Query(keccak256(abi.encode("query", i)), HOUR, 1, 1);
            releases[i] = release(c.queries[i].id);
        }
        room = create(c);
        activate(c);
        vm.assertEq(publish(releases, totals(START, START + HOUR)).length, 64);
        vm.assertEq(ledger.spentInPeriod(dataset(0), START / EPOCH), 64);
    }

    function marks(IRoom.Configuration memory c) private view returns (uint256 count) {
        for (uint64 epoch = START / EPOCH; epoch < START / EPOCH + 4; epoch++) {
            for (uint256 i = 0; i < 64; i++) {
                if (room.charged(c.queries[i].id, epoch)) count++;
            }
        }
    }

    function test_charged_unknownQuery_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownQuery.selector, keccak256("other")));
        room.charged(keccak256("other"), START / EPOCH);
    }

    // --------------------------------------------------------------------------------------------------------------- Fuzz

    function testFuzz_hashRelease_anyRelease_equalsTheProtocol(
        IRoom.ReleaseInput memory r,
        uint64 from,
        uint64 to,
        bytes32[] memory commitments
    ) public view {
        IRoom.WindowTotals memory t = IRoom.WindowTotals(from, to, commitments, new bytes[](0));
        vm.assertEq(room.hashRelease(r, from, to, keccak256(abi.encode(commitments))), hashOf(r, t));
    }

    function test_hashRelease_otherChain_differs() public {
        bytes32 before = room.hashRelease(release(HOURLY), START, START + HOUR, keccak256("totals"));
        vm.chainId(block.chainid + 1);
        vm.assertNotEq(room.hashRelease(release(HOURLY), START, START + HOUR, keccak256("totals")), before);
    }

    /// Every window of the room takes exactly one hash and costs its epoch exactly one charge, however often it is offered.
    function testFuzz_publish_anyWindow_isRecordedOnce(uint256 window, uint256 repeats) public {
        // forge-lint: disable-next-line(unsafe-typecast) bounded to the room's hours
        uint64 from = START + HOUR * uint64(bound(window, 0, 14 * 24 - 1));
        bytes32 hash = publish(HOURLY, from);
        repeats = bound(repeats, 1, 3);
        for (uint256 i = 0; i < repeats; i++) {
            publish(HOURLY, from);
        }
        vm.assertEq(room.releaseHash(HOURLY, from), hash);
        vm.assertEq(ledger.spentInPeriod(dataset(0), from / EPOCH), CHARGE);
        vm.assertEq(ledger.grant(dataset(0), address(room)).spent, CHARGE);
    }
}
