// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract ApproveTest is RoomFixture {
    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_approve_unknownPartner_reverts() public {
        bytes memory signature = sign(partnerKeys[0], approval());
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownPartner.selector, 3, 3));
        room.approve(3, signature);
    }

    function test_approve_otherPartnersSignature_reverts() public {
        bytes memory signature = sign(partnerKeys[2], approval());
        vm.expectRevert(
            abi.encodeWithSelector(
                IRoom.WrongSigner.selector, PUBLISHER, vm.addr(partnerKeys[0]), vm.addr(partnerKeys[2])
            )
        );
        room.approve(0, signature);
    }

    function test_approve_wrongLength_reverts() public {
        bytes memory signature = bytes.concat(sign(partnerKeys[0], approval()), hex"00");
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, 66));
        room.approve(0, signature);
    }

    function test_approve_zeroSignature_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
        room.approve(0, new bytes(65));
    }

    /// A signature for a room with another configuration, at the very address where this one is.
    function test_approve_otherConfiguration_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.quorum = 3;
        refusedWhateverIsRecovered(sign(partnerKeys[0], approval(c)));
    }

    function test_approve_otherRoomsDomain_reverts() public {
        Room other = new Room(configuration());
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(partnerKeys[0], MessageHashUtils.toTypedDataHash(domain(address(other)), approval()));
        refusedWhateverIsRecovered(abi.encodePacked(r, s, v));
    }

    function test_approve_otherChain_reverts() public {
        bytes memory signature = sign(partnerKeys[0], approval());
        vm.chainId(block.chainid + 1);
        refusedWhateverIsRecovered(signature);
    }

    /// A signature over something else recovers to a key nobody has: only the kind of refusal can be foretold.
    function refusedWhateverIsRecovered(bytes memory signature) private {
        (bool ok, bytes memory reason) = address(room).call(abi.encodeCall(IRoom.approve, (0, signature)));
        vm.assertFalse(ok);
        // forge-lint: disable-next-line(unsafe-typecast) the first four bytes are the error's selector
        vm.assertEq(bytes32(bytes4(reason)), bytes32(IRoom.WrongSigner.selector));
        vm.assertFalse(room.hasApproved(0));
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_approve_byAnyRelayer_recordsThePartner() public {
        bytes memory signature = sign(partnerKeys[1], approval());
        vm.expectEmit();
        emit IRoom.Approved(EVALUATOR, 1, 3);
        vm.prank(address(0xbeef));
        room.approve(1, signature);

        vm.assertTrue(room.hasApproved(1));
        vm.assertFalse(room.hasApproved(0));
        vm.assertFalse(room.approved());
    }

    function test_approve_byAll_approvesTheRoom() public {
        approveAll();
        vm.assertTrue(room.approved());
    }

    function test_approve_twice_changesNothing() public {
        bytes memory signature = sign(partnerKeys[0], approval());
        room.approve(0, signature);
        vm.recordLogs();
        room.approve(0, signature);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        room.approve(1, sign(partnerKeys[1], approval()));
        vm.assertFalse(room.approved());
    }

    function test_hasApproved_beyondThePartners_isFalse() public {
        approveAll();
        vm.assertFalse(room.hasApproved(3));
        vm.assertFalse(room.hasApproved(type(uint256).max));
    }
}
