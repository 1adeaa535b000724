// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";
import {ScriptedWallet, Wallet} from "./Wallets.sol";

contract ApproveTest is RoomFixture {
    bytes32 private keys;

    function setUp() public override {
        super.setUp();
        keys = keysHash(0);
    }

    function refused(bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotSignedByApprover.selector, id(0), approver(0)));
        room.approve(0, keys, signature);
    }

    function signed() private view returns (bytes memory) {
        return sign(approverKeys[0], approval(configuration(), keys));
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_approve_unknownPartner_reverts() public {
        bytes memory signature = signed();
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownPartner.selector, 4, 4));
        room.approve(4, keys, signature);
    }

    function test_approve_zeroKeys_reverts() public {
        bytes memory signature = sign(approverKeys[0], approval(configuration(), 0));
        vm.expectRevert(abi.encodeWithSelector(IRoom.ZeroKeys.selector, id(0)));
        room.approve(0, 0, signature);
    }

    function test_approve_otherPartnersSignature_reverts() public {
        refused(sign(approverKeys[2], approval(configuration(), keys)));
    }

    /// The key that runs unattended agrees to nothing.
    function test_approve_agentsSignature_reverts() public {
        refused(sign(partnerKeys[0], approval(configuration(), keys)));
    }

    function test_approve_wrongLength_reverts() public {
        refused(bytes.concat(signed(), hex"00"));
    }

    function test_approve_zeroSignature_reverts() public {
        refused(new bytes(65));
    }

    function test_approve_otherKeys_reverts() public {
        refused(sign(approverKeys[0], approval(configuration(), keysHash(2))));
    }

    /// A signature for a room with another configuration, at the very address where this one is.
    function test_approve_otherConfiguration_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.quorum = 3;
        refused(sign(approverKeys[0], approval(c, keys)));
    }

    function test_approve_otherPolicy_reverts() public {
        bytes32 otherPolicy = keccak256(
            abi.encode(
                keccak256("Approval(bytes32 policyHash,bytes32 configuration,bytes32 keys)"),
                keccak256("other policy"),
                room.configurationHash(),
                keys
            )
        );
        refused(sign(approverKeys[0], otherPolicy));
    }

    function test_approve_otherRoomsDomain_reverts() public {
        address other = address(create(configuration()));
        refused(sign(approverKeys[0], approval(configuration(), keys), other));
    }

    function test_approve_otherChain_reverts() public {
        bytes memory signature = signed();
        vm.chainId(block.chainid + 1);
        refused(signature);
    }

    function test_approve_otherKeysLater_reverts() public {
        room.approve(0, keys, signed());
        bytes32 other = keysHash(2);
        bytes memory signature = sign(approverKeys[0], approval(configuration(), other));
        vm.expectRevert(abi.encodeWithSelector(IRoom.KeysAlreadyBound.selector, id(0), keys, other));
        room.approve(0, other, signature);
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_approve_byAnyRelayer_bindsThePartner() public {
        bytes memory signature = signed();
        vm.expectEmit();
        emit IRoom.Approved(id(0), keys, 1, 4);
        vm.prank(address(0xbeef));
        room.approve(0, keys, signature);

        vm.assertEq(room.keysOf(0), keys);
        vm.assertEq(room.keysOf(1), 0);
        vm.assertFalse(room.approved());
    }

    function test_approve_byAll_approvesTheRoom() public {
        for (uint256 i = 0; i < 4; i++) {
            vm.assertFalse(room.approved());
            vm.expectEmit();
            emit IRoom.Approved(id(i), keysHash(i), i + 1, 4);
            approve(i);
        }
        vm.assertTrue(room.approved());
        vm.assertFalse(room.active());
    }

    function test_approve_twice_changesNothing() public {
        room.approve(0, keys, signed());
        vm.recordLogs();
        room.approve(0, keys, signed());
        vm.assertEq(vm.getRecordedLogs().length, 0);
        approve(1);
        approve(2);
        vm.assertFalse(room.approved());
    }

    function test_keysOf_beyondThePartners_isZero() public view {
        vm.assertEq(room.keysOf(4), 0);
    }

    // --------------------------------------------------------------------------------------------------- Contract wallets

    function withApprover(address wallet) private returns (IRoom.Configuration memory c) {
        c = configuration();
        c.partners[0].approver = wallet;
        room = create(c);
    }

    function test_approve_walletsOwner_bindsThePartner() public {
        IRoom.Configuration memory c = withApprover(address(new Wallet(vm.addr(0xe1))));
        bytes memory signature = sign(0xe1, approval(c, keys));
        vm.expectEmit();
        emit IRoom.Approved(id(0), keys, 1, 4);
        room.approve(0, keys, signature);
        vm.assertEq(room.keysOf(0), keys);
    }

    function walletRefuses(address wallet, uint256 key) private {
        IRoom.Configuration memory c = withApprover(wallet);
        bytes memory signature = sign(key, approval(c, keys));
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotSignedByApprover.selector, id(0), wallet));
        room.approve(0, keys, signature);
    }

    function test_approve_notTheWalletsOwner_reverts() public {
        walletRefuses(address(new Wallet(vm.addr(0xe1))), 0xe2);
    }

    function test_approve_walletReverts_reverts() public {
        walletRefuses(address(new ScriptedWallet(abi.encode(IERC1271.isValidSignature.selector), true)), 0xe1);
    }

    function test_approve_walletAnswersGarbage_reverts() public {
        walletRefuses(address(new ScriptedWallet(abi.encode(uint256(1)), false)), 0xe1);
        walletRefuses(address(new ScriptedWallet(new bytes(1000), false)), 0xe1);
    }

    function test_approve_walletAnswersTooLittle_reverts() public {
        walletRefuses(address(new ScriptedWallet("", false)), 0xe1);
        walletRefuses(address(new ScriptedWallet(abi.encodePacked(IERC1271.isValidSignature.selector), false)), 0xe1);
    }
}
