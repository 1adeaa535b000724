// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {KeyProofCaller} from "./KeyProofCaller.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract RevealTest is RoomFixture {
    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < 4; i++) {
            approve(i);
        }
        allowAll(room);
    }

    function refused(uint256 partner, IRoom.Key[] memory keys, IRoom.Proof[] memory proofs_, bytes memory reason)
        private
    {
        vm.expectRevert(reason);
        room.reveal(partner, keys, proofs_);
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_reveal_unknownPartner_reverts() public {
        refused(4, keysOf(0), proofs(0), abi.encodeWithSelector(IRoom.UnknownPartner.selector, 4, 4));
    }

    /// Nobody sees a key before everybody is bound to its own.
    function test_reveal_notApprovedByAll_reverts() public {
        room = create(configuration());
        approve(0);
        approve(1);
        approve(2);
        refused(1, keysOf(1), proofs(1), abi.encodeWithSelector(IRoom.NotApproved.selector, 3, 4));
    }

    function test_reveal_nothingAllowed_reverts() public {
        allow(2, address(room), 0);
        refused(2, keysOf(2), proofs(2), abi.encodeWithSelector(IRoom.NothingAllowed.selector, id(2), dataset(2)));
    }

    function test_reveal_wrongNumberOfKeys_reverts() public {
        IRoom.Key[] memory keys = new IRoom.Key[](1);
        keys[0] = keysOf(0)[0];
        refused(0, keys, proofs(0), abi.encodeWithSelector(IRoom.KeyCount.selector, 1, 2, 2));
    }

    function test_reveal_wrongNumberOfProofs_reverts() public {
        refused(0, keysOf(0), new IRoom.Proof[](3), abi.encodeWithSelector(IRoom.KeyCount.selector, 2, 3, 2));
    }

    /// A room that begins and ends inside an epoch has keys for both.
    function test_reveal_epochsCutByTheRoom_needTheirKeys() public {
        IRoom.Configuration memory c = configuration();
        c.start = START + DAY;
        c.end = END - EPOCH + DAY;
        room = create(c);
        activate(c);
        vm.assertTrue(room.active());
    }

    function test_reveal_otherKeys_reverts() public {
        IRoom.Key[] memory keys = keysOf(0);
        keys[1] = keysOf(2)[1];
        bytes memory reason =
            abi.encodeWithSelector(IRoom.KeysDiffer.selector, id(0), keysHash(0), keysHash(id(0), keys));
        refused(0, keys, proofs(0), reason);
    }

    function test_reveal_keysInOtherOrder_reverts() public {
        IRoom.Key[] memory keys = keysOf(0);
        (keys[0], keys[1]) = (keys[1], keys[0]);
        bytes memory reason =
            abi.encodeWithSelector(IRoom.KeysDiffer.selector, id(0), keysHash(0), keysHash(id(0), keys));
        refused(0, keys, proofs(0), reason);
    }

    function test_reveal_wrongProof_reverts() public {
        for (uint256 i = 0; i < 2; i++) {
            IRoom.Proof[] memory list = proofs(0);
            list[i].s = bytes32(uint256(list[i].s) ^ 1);
            // forge-lint: disable-next-line(unsafe-typecast) an epoch of the room
            uint64 epoch = uint64(START / EPOCH + i);
            refused(0, keysOf(0), list, abi.encodeWithSelector(IRoom.InvalidKeyProof.selector, id(0), epoch));
        }
    }

    function test_reveal_proofsInOtherOrder_reverts() public {
        IRoom.Proof[] memory list = proofs(0);
        (list[0], list[1]) = (list[1], list[0]);
        refused(0, keysOf(0), list, abi.encodeWithSelector(IRoom.InvalidKeyProof.selector, id(0), START / EPOCH));
    }

    // ----------------------------------------------------------------------------------------------------------- Effects

    function test_reveal_byAnyRelayer_showsTheKeys() public {
        IRoom.Key[] memory keys = keysOf(2);
        IRoom.Proof[] memory list = proofs(2);
        vm.expectEmit();
        emit IRoom.KeysRevealed(id(2), keys);
        vm.prank(address(0xbeef));
        room.reveal(2, keys, list);

        vm.recordLogs();
        reveal(3);
        // Its keys, and nothing that says the room were active.
        vm.assertEq(vm.getRecordedLogs().length, 1);
        vm.assertTrue(room.hasRevealed(2));
        vm.assertFalse(room.hasRevealed(0));
        vm.assertFalse(room.hasRevealed(1));
        vm.assertFalse(room.active());
    }

    /// Who supplies nothing needs no budget.
    function test_reveal_withoutDataset_needsNoAllowance() public {
        reveal(1);
        vm.assertTrue(room.hasRevealed(1));
    }

    function test_reveal_byAll_activatesOnce() public {
        vm.recordLogs();
        for (uint256 i = 0; i < 3; i++) {
            reveal(i);
        }
        vm.assertEq(vm.getRecordedLogs().length, 3, "keys alone");
        vm.assertFalse(room.active());
        IRoom.Key[] memory keys = keysOf(3);
        IRoom.Proof[] memory list = proofs(3);
        vm.expectEmit();
        emit IRoom.KeysRevealed(id(3), keys);
        vm.expectEmit();
        emit IRoom.Activated();
        room.reveal(3, keys, list);
        vm.assertTrue(room.active());
    }

    function test_reveal_twice_changesNothing() public {
        reveal(0);
        vm.recordLogs();
        reveal(0);
        vm.assertEq(vm.getRecordedLogs().length, 0);
        reveal(1);
        reveal(2);
        vm.assertFalse(room.active());
    }

    function test_hasRevealed_beyondThePartners_isFalse() public {
        for (uint256 i = 0; i < 4; i++) {
            reveal(i);
        }
        vm.assertFalse(room.hasRevealed(4));
        vm.assertFalse(room.hasRevealed(type(uint256).max));
    }

    // ------------------------------------------------------------------------------------------------------------- Proofs

    function caller() private returns (KeyProofCaller c) {
        c = KeyProofCaller(deploy("KeyProofCaller", ""));
        room = Room(address(c));
    }

    /// Both signs of the scalar that the precompile is handed come up.
    function testFuzz_isValid_honestProof_isTaken(uint256 secretKey, uint64 epoch) public {
        KeyProofCaller c = caller();
        secretKey = bound(secretKey, 1, P256.N - 1);
        vm.assertTrue(c.isValid(id(0), epoch, publicKey(secretKey), proof(id(0), epoch, secretKey)));
    }

    /// Whatever is changed about a proof, it is none any more.
    function testFuzz_isValid_altered_isRefused(uint256 secretKey, uint256 field, uint256 bit) public {
        KeyProofCaller c = caller();
        secretKey = bound(secretKey, 1, P256.N - 1);
        bit %= 256;
        bytes32 flip = bytes32(uint256(1) << bit);
        IRoom.Key memory key = publicKey(secretKey);
        IRoom.Proof memory p = proof(id(0), 9, secretKey);
        field = bound(field, 0, 5);
        if (field == 0) p.r ^= flip;
        if (field == 1) p.s ^= flip;
        if (field == 2) key.x ^= flip;
        if (field == 3) key.y ^= flip;
        bytes32 partner = field == 4 ? id(0) ^ flip : id(0);
        // forge-lint: disable-next-line(unsafe-typecast) below a uint64
        uint64 epoch = field == 5 ? uint64(10 + bit) : 9;
        vm.assertFalse(c.isValid(partner, epoch, key, p));
    }

    function test_isValid_zeroOrOrder_isRefused() public {
        KeyProofCaller c = caller();
        IRoom.Proof memory honest = proof(id(0), 9, 7);
        bytes32[3] memory edges = [bytes32(0), bytes32(P256.N), bytes32(type(uint256).max)];
        for (uint256 i = 0; i < edges.length; i++) {
            vm.assertFalse(c.isValid(id(0), 9, publicKey(7), IRoom.Proof(edges[i], honest.s)));
            vm.assertFalse(c.isValid(id(0), 9, publicKey(7), IRoom.Proof(honest.r, edges[i])));
        }
    }

    function test_isValid_keyOffTheCurve_isRefused() public {
        KeyProofCaller c = caller();
        IRoom.Proof memory p = proof(id(0), 9, 7);
        vm.assertFalse(c.isValid(id(0), 9, IRoom.Key(0, 0), p));
        vm.assertFalse(c.isValid(id(0), 9, IRoom.Key(publicKey(7).x, 0), p));
    }

    function test_isValid_otherContractOrChain_isRefused() public {
        KeyProofCaller c = caller();
        IRoom.Proof memory p = proof(id(0), 9, 7);
        KeyProofCaller other = KeyProofCaller(deploy("KeyProofCaller", ""));
        vm.assertFalse(other.isValid(id(0), 9, publicKey(7), p));
        vm.chainId(block.chainid + 1);
        vm.assertFalse(c.isValid(id(0), 9, publicKey(7), p));
    }
}
