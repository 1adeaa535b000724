// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";
import {Wallet} from "./Wallets.sol";

contract LeaveTest is RoomFixture {
    uint64 private constant FIRST = START / EPOCH;

    function setUp() public override {
        super.setUp();
        activate();
        // The last second before the room's first epoch.
        vm.warp(START / 1000 - 1);
    }

    function leaveStruct(bytes32 partner, uint64 epoch) private pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Leave(bytes32 partner,bytes32 policyHash,uint64 epoch)"), partner, keccak256("policy"), epoch
            )
        );
    }

    function leaves(uint256 partner, uint64 epoch) private {
        room.leaveFrom(partner, epoch, sign(approverKeys[partner], leaveStruct(id(partner), epoch)));
    }

    function refused(uint256 partner, uint64 epoch, bytes memory reason) private {
        bytes memory signature = sign(approverKeys[partner], leaveStruct(id(partner), epoch));
        vm.expectRevert(reason);
        room.leaveFrom(partner, epoch, signature);
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_leaveFrom_unknownPartner_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownPartner.selector, 4, 4));
        room.leaveFrom(4, FIRST + 1, "");
    }

    function unsigned(bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotSignedByApprover.selector, id(0), approver(0)));
        room.leaveFrom(0, FIRST + 1, signature);
    }

    function test_leaveFrom_otherPartnersSignature_reverts() public {
        unsigned(sign(approverKeys[2], leaveStruct(id(0), FIRST + 1)));
    }

    function test_leaveFrom_agentsSignature_reverts() public {
        unsigned(sign(partnerKeys[0], leaveStruct(id(0), FIRST + 1)));
    }

    function test_leaveFrom_signedForAnotherPartner_reverts() public {
        unsigned(sign(approverKeys[0], leaveStruct(id(2), FIRST + 1)));
    }

    function test_leaveFrom_signedForAnotherEpoch_reverts() public {
        unsigned(sign(approverKeys[0], leaveStruct(id(0), FIRST)));
    }

    function test_leaveFrom_signedForAnotherRoom_reverts() public {
        unsigned(sign(approverKeys[0], leaveStruct(id(0), FIRST + 1), address(create(configuration()))));
    }

    function test_leaveFrom_runningEpoch_reverts() public {
        vm.warp(START / 1000);
        refused(0, FIRST, abi.encodeWithSelector(IRoom.EpochNotAhead.selector, FIRST, FIRST));
        vm.warp((START + EPOCH) / 1000 - 1);
        refused(0, FIRST, abi.encodeWithSelector(IRoom.EpochNotAhead.selector, FIRST, FIRST));
    }

    function test_leaveFrom_pastEpoch_reverts() public {
        vm.warp((START + EPOCH) / 1000);
        refused(0, FIRST, abi.encodeWithSelector(IRoom.EpochNotAhead.selector, FIRST, FIRST + 1));
    }

    function test_leaveFrom_whenTheRoomEndsAnyway_reverts() public {
        refused(0, FIRST + 2, abi.encodeWithSelector(IRoom.ClosesEarlier.selector, FIRST + 2, END));
    }

    /// The begin of such an epoch does not fit the type of a time: it is no small one either.
    function test_leaveFrom_epochBeyondTime_reverts() public {
        uint64 epoch = type(uint64).max / EPOCH + 2;
        refused(0, epoch, abi.encodeWithSelector(IRoom.ClosesEarlier.selector, epoch, END));
    }

    function test_leaveFrom_laterThanAnother_reverts() public {
        leaves(0, FIRST);
        refused(2, FIRST + 1, abi.encodeWithSelector(IRoom.ClosesEarlier.selector, FIRST + 1, START));
        refused(2, FIRST, abi.encodeWithSelector(IRoom.ClosesEarlier.selector, FIRST, START));
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_leaveFrom_byAnyRelayer_closesTheRoomThere() public {
        bytes memory signature = sign(approverKeys[0], leaveStruct(id(0), FIRST + 1));
        vm.expectEmit();
        emit IRoom.Left(id(0), FIRST + 1, START + EPOCH);
        vm.prank(address(0xbeef));
        room.leaveFrom(0, FIRST + 1, signature);

        vm.assertEq(room.closesAt(), START + EPOCH);
        vm.assertEq(room.end(), END);
    }

    function test_leaveFrom_earlierThanAnother_closesEarlier() public {
        leaves(0, FIRST + 1);
        vm.expectEmit();
        emit IRoom.Left(id(1), FIRST, START);
        leaves(1, FIRST);
        vm.assertEq(room.closesAt(), START);
    }

    /// What the partner took part in is still published, however late.
    function test_leaveFrom_windowsBefore_areStillTaken() public {
        leaves(0, FIRST + 1);
        vm.warp(END / 1000);
        bytes32 last = publish(DAILY, START + EPOCH - DAY);
        vm.assertEq(room.releaseHash(DAILY, START + EPOCH - DAY), last);
    }

    function test_leaveFrom_windowsAfter_areRefused() public {
        leaves(0, FIRST + 1);
        IRoom.ReleaseInput[] memory releases = batch(HOURLY);
        IRoom.WindowTotals memory t = totals(START + EPOCH, START + EPOCH + HOUR);
        bytes[] memory signatures = quorumOf(2, releases, t);
        vm.expectRevert(abi.encodeWithSelector(IRoom.WindowOutOfRoom.selector, t.start, t.end, START + EPOCH));
        room.publish(t, releases, signatures);
    }

    function test_leaveFrom_beforeTheRoomIsActive_isTaken() public {
        room = create(configuration());
        leaves(3, FIRST + 1);
        vm.assertEq(room.closesAt(), START + EPOCH);
    }

    function test_leaveFrom_walletsOwner_isTaken() public {
        IRoom.Configuration memory c = configuration();
        c.partners[0].approver = address(new Wallet(vm.addr(0xe1)));
        room = create(c);
        room.leaveFrom(0, FIRST + 1, sign(0xe1, leaveStruct(id(0), FIRST + 1)));
        vm.assertEq(room.closesAt(), START + EPOCH);
    }
}
