// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice Two signatures that contradict each other, brought by anyone.
contract EquivocationTest is RoomFixture {
    uint64 private constant LAST = START + HOUR;

    // ------------------------------------------------------------------------------------------------------------- Totals

    function signedTotals(uint256 partner, bytes32 commitment) private view returns (IRoom.SignedTotals memory) {
        bytes32 structHash = totalsStruct(keccak256("policy"), id(partner), START, LAST, commitment);
        return IRoom.SignedTotals(commitment, sign(partnerKeys[partner], structHash));
    }

    function test_proveTotals_unknownPartner_reverts() public {
        IRoom.SignedTotals memory a = signedTotals(2, "a");
        IRoom.SignedTotals memory b = signedTotals(2, "b");
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownPartner.selector, 4, 4));
        room.proveTotalsEquivocation(4, START, LAST, a, b);
    }

    /// Evidence of no window of the room: an event with times that no reader can be asked to understand.
    function test_prove_outsideTheRoom_reverts() public {
        IRoom.SignedTotals memory a = signedTotals(2, "a");
        IRoom.SignedReleases memory r = signedReleases(nodeKeys[0], list(HOURLY, "a"), 1);
        uint64 top = type(uint64).max;
        uint64[2][4] memory times = [[top - 1, top], [START - 1, START + HOUR], [END - HOUR, END + 1], [LAST, LAST]];
        for (uint256 i = 0; i < times.length; i++) {
            (uint64 from, uint64 to) = (times[i][0], times[i][1]);
            bytes memory reason = abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, from, to, END);
            vm.expectRevert(reason);
            room.proveTotalsEquivocation(2, from, to, a, a);
            vm.expectRevert(reason);
            room.proveReleaseEquivocation(from, to, r, r);
        }
    }

    function test_proveTotals_sameCommitment_reverts() public {
        IRoom.SignedTotals memory a = signedTotals(2, "a");
        vm.expectRevert(abi.encodeWithSelector(IRoom.NoEquivocation.selector));
        room.proveTotalsEquivocation(2, START, LAST, a, a);
    }

    function test_proveTotals_zeroCommitment_reverts() public {
        IRoom.SignedTotals memory a = signedTotals(2, "a");
        IRoom.SignedTotals memory zero = signedTotals(2, 0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.ZeroCommitment.selector, id(2)));
        room.proveTotalsEquivocation(2, START, LAST, a, zero);
    }

    function totalsRefused(IRoom.SignedTotals memory a, IRoom.SignedTotals memory b, uint64 from, uint64 to) private {
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.proveTotalsEquivocation, (2, from, to, a, b)));
        assertEq4(reason, IRoom.WrongSigner.selector);
    }

    function test_proveTotals_notSignedByThePartner_reverts() public {
        IRoom.SignedTotals memory honest = signedTotals(2, "a");
        IRoom.SignedTotals memory forged = signedTotals(2, "b");
        forged.commitment = "c";
        totalsRefused(honest, forged, START, LAST);
        totalsRefused(forged, honest, START, LAST);
        totalsRefused(honest, signedTotals(0, "b"), START, LAST);
    }

    function test_proveTotals_signedForAnotherWindow_reverts() public {
        totalsRefused(signedTotals(2, "a"), signedTotals(2, "b"), START, START + DAY);
        totalsRefused(signedTotals(2, "a"), signedTotals(2, "b"), START + 1, LAST);
    }

    function test_proveTotals_twoCommitments_namesThePartner() public {
        IRoom.SignedTotals memory a = signedTotals(2, "a");
        IRoom.SignedTotals memory b = signedTotals(2, "b");
        vm.expectEmit();
        emit IRoom.TotalsEquivocation(id(2), START, LAST, "a", "b");
        vm.prank(address(0xbeef));
        room.proveTotalsEquivocation(2, START, LAST, a, b);
    }

    // ----------------------------------------------------------------------------------------------------------- Releases

    function list(bytes32 query, bytes32 hash) private pure returns (IRoom.Release[] memory releases) {
        releases = new IRoom.Release[](2);
        releases[0] = IRoom.Release(HOURLY_TOO, keccak256("the same"));
        releases[1] = IRoom.Release(query, hash);
    }

    function signedReleases(uint256 key, IRoom.Release[] memory releases, uint256 index)
        private
        view
        returns (IRoom.SignedReleases memory)
    {
        bytes32 structHash = releasesStruct(keccak256("policy"), START, LAST, releases);
        return IRoom.SignedReleases(releases, sign(key, structHash), index);
    }

    function releasesRefused(IRoom.SignedReleases memory a, IRoom.SignedReleases memory b) private {
        vm.expectRevert(abi.encodeWithSelector(IRoom.NoEquivocation.selector));
        room.proveReleaseEquivocation(START, LAST, a, b);
    }

    function test_proveReleases_placeBeyondTheList_reverts() public {
        IRoom.SignedReleases memory a = signedReleases(nodeKeys[0], list(HOURLY, "a"), 1);
        IRoom.SignedReleases memory b = signedReleases(nodeKeys[0], list(HOURLY, "b"), 2);
        bytes4 panic = refusal(address(room), abi.encodeCall(IRoom.proveReleaseEquivocation, (START, LAST, a, b)));
        assertEq4(panic, bytes4(keccak256("Panic(uint256)")));
    }

    function test_proveReleases_notANode_reverts() public {
        IRoom.SignedReleases memory a = signedReleases(partnerKeys[0], list(HOURLY, "a"), 1);
        IRoom.SignedReleases memory b = signedReleases(partnerKeys[0], list(HOURLY, "b"), 1);
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotANode.selector, vm.addr(partnerKeys[0])));
        room.proveReleaseEquivocation(START, LAST, a, b);
    }

    function test_proveReleases_wrongLength_reverts() public {
        IRoom.SignedReleases memory a = signedReleases(nodeKeys[0], list(HOURLY, "a"), 1);
        a.signature = bytes.concat(a.signature, hex"00");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
        room.proveReleaseEquivocation(START, LAST, a, a);
    }

    function test_proveReleases_otherQuery_reverts() public {
        releasesRefused(
            signedReleases(nodeKeys[0], list(HOURLY, "a"), 1), signedReleases(nodeKeys[0], list(DAILY, "b"), 1)
        );
    }

    function test_proveReleases_sameHash_reverts() public {
        releasesRefused(
            signedReleases(nodeKeys[0], list(HOURLY, "a"), 0), signedReleases(nodeKeys[0], list(HOURLY, "b"), 0)
        );
    }

    /// Two nodes that disagree are no equivocation of either.
    function test_proveReleases_twoNodes_reverts() public {
        releasesRefused(
            signedReleases(nodeKeys[0], list(HOURLY, "a"), 1), signedReleases(nodeKeys[1], list(HOURLY, "b"), 1)
        );
    }

    /// What was signed for one window says nothing about another.
    function test_proveReleases_signedForAnotherWindow_reverts() public {
        IRoom.SignedReleases memory a = signedReleases(nodeKeys[0], list(HOURLY, "a"), 1);
        IRoom.SignedReleases memory b = signedReleases(nodeKeys[0], list(HOURLY, "b"), 1);
        bytes4 reason =
            refusal(address(room), abi.encodeCall(IRoom.proveReleaseEquivocation, (START, START + DAY, a, b)));
        assertEq4(reason, IRoom.NotANode.selector);
        reason = refusal(address(room), abi.encodeCall(IRoom.proveReleaseEquivocation, (START + 1, LAST, a, b)));
        assertEq4(reason, IRoom.NotANode.selector);
    }

    function test_proveReleases_twoHashes_namesTheNode() public {
        IRoom.SignedReleases memory a = signedReleases(nodeKeys[1], list(HOURLY, "a"), 1);
        IRoom.Release[] memory alone = new IRoom.Release[](1);
        alone[0] = IRoom.Release(HOURLY, "b");
        IRoom.SignedReleases memory b = signedReleases(nodeKeys[1], alone, 0);
        vm.expectEmit();
        emit IRoom.ReleaseEquivocation(vm.addr(nodeKeys[1]), HOURLY, START, LAST, "a", "b");
        vm.prank(address(0xbeef));
        room.proveReleaseEquivocation(START, LAST, a, b);
    }

    /// One list that says two things is enough.
    function test_proveReleases_oneListAgainstItself_namesTheNode() public {
        IRoom.SignedReleases memory a = signedReleases(nodeKeys[2], list(HOURLY_TOO, "other"), 0);
        IRoom.SignedReleases memory b = signedReleases(nodeKeys[2], list(HOURLY_TOO, "other"), 1);
        vm.expectEmit();
        emit IRoom.ReleaseEquivocation(vm.addr(nodeKeys[2]), HOURLY_TOO, START, LAST, keccak256("the same"), "other");
        room.proveReleaseEquivocation(START, LAST, a, b);
    }

    /// The evidence is what publish takes: a quorum's signatures over two results name whoever signed both.
    function test_proveReleases_publishedAndConflicting_nameTheNode() public {
        activate();
        IRoom.WindowTotals memory t = totals(START, LAST);
        IRoom.ReleaseInput[] memory one = batch(HOURLY);
        IRoom.ReleaseInput[] memory two = batch(HOURLY);
        two[0].rowCount = 8;
        IRoom.SignedReleases memory a = IRoom.SignedReleases(signedList(one, t), quorumOf(2, one, t)[0], 0);
        IRoom.SignedReleases memory b = IRoom.SignedReleases(signedList(two, t), quorumOf(2, two, t)[0], 0);
        publish(one, t);
        publish(two, t);
        vm.expectEmit();
        emit IRoom.ReleaseEquivocation(vm.addr(nodeKeys[0]), HOURLY, START, LAST, hashOf(one[0], t), hashOf(two[0], t));
        room.proveReleaseEquivocation(START, LAST, a, b);
    }
}
