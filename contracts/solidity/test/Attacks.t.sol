// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IBudgetLedger} from "../src/IBudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {ReentrantLedger, WastefulLedger} from "./Ledgers.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice What somebody could try, and the line that stops it.
contract AttacksTest is RoomFixture {
    uint256 private constant SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    uint64 private constant FIRST = START / EPOCH;

    // --------------------------------------------------------------------------------------------------------------- Keys

    /// The retailer takes for its key the difference of one it knows and the publisher's: the joint key would be its own.
    /// RoomCeremony.reveal, require(KeyProof.isValid(...)): for the difference it knows no secret.
    function test_attack_rogueKey_hasNoProof() public {
        uint256 known = 7;
        IRoom.Key[] memory rogue = keysOf(3);
        // What the attacker computes out of two points; the secret of the result is nobody's.
        rogue[0] = publicKey(addmod(known, P256.N - secret(0, FIRST), P256.N));
        IRoom.Proof[] memory list = proofs(3);
        list[0] = proofFor(rogue[0], known);
        bytes32 keys = keysHash(id(3), rogue);
        approve(0);
        approve(1);
        approve(2);
        room.approve(3, keys, sign(approverKeys[3], approval(configuration(), keys)));
        allowAll(room);
        vm.expectRevert(abi.encodeWithSelector(IRoom.InvalidKeyProof.selector, id(3), FIRST));
        room.reveal(3, rogue, list);
    }

    /// A proof made with a secret that is not the key's.
    function proofFor(IRoom.Key memory key, uint256 secretKey) private view returns (IRoom.Proof memory p) {
        p.r = publicKey(11).x;
        bytes32 challenge = keccak256(
            abi.encode(
                keccak256("sealroom/key-proof/v1"),
                block.chainid,
                address(room),
                keccak256("spring-campaign"),
                id(3),
                FIRST,
                key.x,
                key.y,
                p.r
            )
        );
        p.s = bytes32(addmod(11, mulmod(uint256(challenge) % P256.N, secretKey, P256.N), P256.N));
    }

    /// The last partner waits for the others' keys before it chooses its own.
    /// RoomCeremony.reveal, require(approved(), ...): none is shown before all are bound.
    function test_attack_waitingForTheOthersKeys_seesNone() public {
        approve(0);
        approve(1);
        approve(2);
        allowAll(room);
        IRoom.Key[] memory keys = keysOf(0);
        IRoom.Proof[] memory list = proofs(0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotApproved.selector, 3, 4));
        room.reveal(0, keys, list);
    }

    /// Having seen the others' keys, it approves once more with another of its own.
    /// RoomCeremony.approve, require(bound == 0, KeysAlreadyBound(...)).
    function test_attack_changingTheKeyAfterwards_isRefused() public {
        for (uint256 i = 0; i < 4; i++) {
            approve(i);
        }
        allowAll(room);
        reveal(0);
        bytes32 other = keysHash(id(3), keysOf(0));
        bytes memory signature = sign(approverKeys[3], approval(configuration(), other));
        vm.expectRevert(abi.encodeWithSelector(IRoom.KeysAlreadyBound.selector, id(3), keysHash(3), other));
        room.approve(3, other, signature);
    }

    /// The retailer shows the publisher's keys, with the publisher's proofs, as its own: with two equal shares their owner
    /// knows both. KeyProof.isValid, `partner` in the challenge.
    function test_attack_copiedProofOfPossession_isRefused() public {
        bytes32 copied = keysHash(id(3), keysOf(0));
        approve(0);
        approve(1);
        approve(2);
        room.approve(3, copied, sign(approverKeys[3], approval(configuration(), copied)));
        allowAll(room);
        IRoom.Key[] memory keys = keysOf(0);
        IRoom.Proof[] memory list = proofs(0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.InvalidKeyProof.selector, id(3), FIRST));
        room.reveal(3, keys, list);
    }

    /// It cannot copy the commitment before the keys are shown either: only its owner's id opens it.
    /// RoomCeremony.reveal, require(given == ..., KeysDiffer(...)), the partner's id in `given`.
    function test_attack_copiedKeyCommitment_cannotBeOpened() public {
        approve(0);
        approve(1);
        approve(2);
        room.approve(3, keysHash(0), sign(approverKeys[3], approval(configuration(), keysHash(0))));
        allowAll(room);
        IRoom.Key[] memory keys = keysOf(0);
        IRoom.Proof[] memory list = proofs(0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.KeysDiffer.selector, id(3), keysHash(0), keysHash(id(3), keys)));
        room.reveal(3, keys, list);
    }

    // --------------------------------------------------------------------------------------------------------- Signatures

    function approvalRefused(bytes memory signature) private {
        bytes32 keys = keysHash(0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.NotSignedByApprover.selector, id(0), approver(0)));
        room.approve(0, keys, signature);
    }

    /// An approval is brought to another room, chain or policy.
    /// RoomCeremony._requireApprover: the domain binds chain and contract, the struct policy and configuration.
    function test_attack_replayedApproval_isRefused() public {
        IRoom.Configuration memory c = configuration();
        bytes memory signature = sign(approverKeys[0], approval(c, keysHash(0)));
        Room first = room;
        room = create(c);
        approvalRefused(signature);
        c.policyHash = keccak256("other policy");
        c.room = keccak256("other-room");
        room = create(c);
        approvalRefused(signature);
        room = first;
        vm.chainId(block.chainid + 1);
        approvalRefused(signature);
    }

    /// After a reorganisation another room stands at the address for which the partners signed.
    /// RoomCeremony.approve, configurationHash in the struct.
    function test_attack_otherRoomAtTheSameAddress_isNotApproved() public {
        uint256 before = vm.snapshotState();
        address first = address(create(configuration()));
        vm.revertToState(before);
        IRoom.Configuration memory c = configuration();
        c.quorum = 3;
        room = create(c);
        vm.assertEq(address(room), first);
        approvalRefused(sign(approverKeys[0], approval(configuration(), keysHash(0))));
    }

    /// One key that approves and signs totals: the one signature is never taken for the other.
    /// RoomCeremony.approve and Room._requireTotals, type hashes.
    function test_attack_signatureOfAnotherType_isRefused() public {
        IRoom.Configuration memory c = configuration();
        c.partners[0].signer = approver(0);
        room = create(c);
        approvalRefused(sign(approverKeys[0], totalsStruct(keccak256("policy"), id(0), START, START + HOUR, "input")));

        partnerKeys[0] = approverKeys[0];
        activate(c);
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        t.signatures[0] = sign(approverKeys[0], approval(c, keysHash(0)));
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.publish, (t, batch(HOURLY), signatures)));
        assertEq4(reason, IRoom.WrongSigner.selector);
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

    /// Room._checkQuorum and Room._requireTotals, ECDSA.recoverCalldata; RoomCeremony._requireApprover, SignatureChecker:
    /// only the lower s is taken.
    function test_attack_malleableSignature_isRefused() public {
        (bytes memory flipped, bytes32 high) = mirrored(sign(approverKeys[0], approval(configuration(), keysHash(0))));
        approvalRefused(flipped);

        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        (signatures[0], high) = mirrored(signatures[0]);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high));
        room.publish(t, batch(HOURLY), signatures);

        (t.signatures[1], high) = mirrored(t.signatures[1]);
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, high));
        room.publish(t, batch(HOURLY), signatures);
    }

    /// Room._checkQuorum, require(signer > previous, ...): a quorum is that many different nodes.
    function test_attack_duplicateSigner_isRefused() public {
        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        signatures[1] = signatures[0];
        address node = vm.addr(nodeKeys[0]);
        vm.expectRevert(abi.encodeWithSelector(IRoom.SignersNotAscending.selector, node, node));
        room.publish(t, batch(HOURLY), signatures);
    }

    /// ecrecover answers garbage with the zero address. Room._checkQuorum and _requireTotals, ECDSA.recoverCalldata; and
    /// RoomSetup._seat, require(signer != address(0), ...): it has no seat anyway.
    function test_attack_zeroAddressRecovery_isRefused() public {
        bytes memory garbage = bytes.concat(new bytes(64), bytes1(uint8(27)));
        approvalRefused(garbage);
        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        signatures[0] = garbage;
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
        room.publish(t, batch(HOURLY), signatures);

        t.signatures[0] = garbage;
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
        room.publish(t, batch(HOURLY), signatures);

        IRoom.Configuration memory c = configuration();
        c.nodes[0] = address(0);
        vm.expectRevert(abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.NODES, 0));
        factory.create(c);
    }

    /// A node brings the publisher's signed commitment as the advertiser's.
    /// Room._requireTotals, the partner's id in the struct and require(recovered == signer, ...).
    function test_attack_commitmentOfAnotherPartner_isRefused() public {
        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        (t.commitments[1], t.signatures[1]) = (t.commitments[0], t.signatures[0]);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        bytes4 reason = refusal(address(room), abi.encodeCall(IRoom.publish, (t, batch(HOURLY), signatures)));
        assertEq4(reason, IRoom.WrongSigner.selector);
    }

    // ------------------------------------------------------------------------------------------------------------ Publish

    /// Somebody sees a node's transaction and sends the same first. Room.publish asks nobody who it is, so the result is the
    /// node's; Room._record, `if (stored == offered)`, makes the node's own a repeat.
    function test_attack_frontRunPublish_changesNothing() public {
        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        vm.prank(address(0xbad));
        assertOutcome(room.publish(t, batch(HOURLY), signatures)[0], IRoom.Outcome.PUBLISHED);
        vm.prank(vm.addr(nodeKeys[0]));
        assertOutcome(room.publish(t, batch(HOURLY), signatures)[0], IRoom.Outcome.ALREADY_PUBLISHED);
        vm.assertEq(room.releaseHash(HOURLY, START), hashOf(release(HOURLY), t));
        vm.assertEq(ledger.spentInPeriod(dataset(0), FIRST), CHARGE);
    }

    /// Two windows are published and charged; the chain forgets it, and takes them in the other order.
    /// Room._charge, `if (marks & mark != 0)`: whichever comes first pays, once.
    function test_attack_reorgUnderPublishAndCharge_chargesOnce() public {
        activate();
        uint256 before = vm.snapshotState();
        bytes32 first = publish(HOURLY, START);
        bytes32 second = publish(HOURLY, START + HOUR);
        vm.revertToState(before);
        vm.assertEq(ledger.spentInPeriod(dataset(0), FIRST), 0);
        vm.assertFalse(room.charged(HOURLY, FIRST));

        vm.assertEq(publish(HOURLY, START + HOUR), second);
        vm.assertEq(publish(HOURLY, START), first);
        publish(HOURLY, START);
        vm.assertEq(room.releaseHash(HOURLY, START), first);
        vm.assertEq(room.releaseHash(HOURLY, START + HOUR), second);
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(ledger.spentInPeriod(dataset(i), FIRST), i == 1 ? 0 : CHARGE);
            vm.assertEq(ledger.grant(dataset(i), address(room)).spent, i == 1 ? 0 : CHARGE);
        }
    }

    /// Gas is measured so that the ledger runs out of it inside the room's call. Room._charge calls without try: the whole
    /// publish reverts, and what the budget could pay is never recorded as withheld.
    function test_attack_tooLittleGasForTheLedger_recordsNothing() public {
        activate();
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes memory call = abi.encodeCall(IRoom.publish, (t, batch(HOURLY), quorumOf(2, batch(HOURLY), t)));
        uint256 published = 0;
        for (uint256 gas = 60_000; gas < 400_000; gas += 1_500) {
            uint256 before = vm.snapshotState();
            (bool ok,) = address(room).call{gas: gas}(call);
            vm.assertEq(room.releaseHash(HOURLY, START), ok ? hashOf(release(HOURLY), t) : bytes32(0));
            vm.assertEq(ledger.spentInPeriod(dataset(3), FIRST), ok ? CHARGE : 0);
            if (ok) published++;
            vm.revertToState(before);
        }
        vm.assertTrue(published != 0);
    }

    /// A ledger that leaves so little gas that only recording is still possible: that is no budget that cannot pay either.
    function test_attack_ledgerBurnsItsGas_recordsNothing() public {
        IRoom.Configuration memory c = configuration();
        c.ledger = address(new WastefulLedger());
        room = create(c);
        activate(c);
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes memory call = abi.encodeCall(IRoom.publish, (t, batch(HOURLY), quorumOf(2, batch(HOURLY), t)));
        // A 64th of it is far more than what recording takes.
        (bool ok,) = address(room).call{gas: TRANSACTION_GAS_MAX - 1_000_000}(call);
        vm.assertFalse(ok);
        vm.assertEq(room.releaseHash(HOURLY, START), 0);
        vm.assertEq(room.totalsHash(START, START + HOUR), 0);
    }

    /// The ledger that the partners agreed on calls back, to have the same charge marked twice or a window recorded twice.
    /// Room.publish, nonReentrant.
    function test_attack_reentrantLedger_isRefused() public {
        ReentrantLedger reentrant = new ReentrantLedger();
        IRoom.Configuration memory c = configuration();
        c.ledger = address(reentrant);
        room = create(c);
        activate(c);
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(2, batch(HOURLY), t);
        reentrant.willCall(abi.encodeCall(IRoom.publish, (t, batch(HOURLY), signatures)));
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        room.publish(t, batch(HOURLY), signatures);
    }

    // ------------------------------------------------------------------------------------------------------------- Budget

    /// More rooms, so that each spends what the owner meant to give once.
    /// BudgetLedger.allow, require(allowed <= a.limitForLife, ...).
    function test_attack_manyRoomsOnOneDataset_shareItsLife() public {
        activate();
        Room second = create(configuration());
        allowAll(second);
        Room third = create(configuration());
        bytes32 meant = found(address(third));
        vm.expectRevert(
            abi.encodeWithSelector(IBudgetLedger.AllowancesAboveLimit.selector, 3 * uint256(ALLOWANCE), LIMIT_FOR_LIFE)
        );
        vm.prank(approver(0));
        ledger.allow(id(0), address(third), meant, ALLOWANCE);
    }

    /// Two rooms over the same days. BudgetLedger._canPay, the period's spending of all rooms together.
    function test_attack_twoRoomsOnOneDataset_shareItsPeriods() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].charge = LIMIT_PER_PERIOD - CHARGE + 1;
        room = create(c);
        activate(c);
        publish(HOURLY, START);

        c.queries[0].charge = CHARGE;
        room = create(c);
        activate(c);
        assertOutcome(publish(batch(HOURLY), totals(START, START + HOUR))[0], IRoom.Outcome.WITHHELD);
        vm.assertEq(ledger.spentInPeriod(dataset(0), FIRST), LIMIT_PER_PERIOD - CHARGE + 1);
    }

    /// After a reorganisation, or before anybody has created it, another room may stand where the owner's was: at an address that
    /// says nothing of a configuration. BudgetLedger.allow, require(found == configurationHash, ...).
    function test_attack_otherRoomAtTheAllowedAddress_isAllowedNothing() public {
        uint256 before = vm.snapshotState();
        Room honest = create(configuration());
        bytes32 meant = honest.configurationHash();
        vm.revertToState(before);
        IRoom.Configuration memory c = configuration();
        c.queries[0].charge = LIMIT_PER_PERIOD;
        Room evil = create(c);
        vm.assertEq(address(evil), address(honest));

        bytes32 hash = evil.configurationHash();
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.ConfigurationDiffers.selector, evil, meant, hash));
        vm.prank(approver(0));
        ledger.allow(id(0), address(honest), meant, ALLOWANCE);
    }

    /// The same code, created elsewhere, or code that looks like a room: it could spend in any period it likes.
    /// BudgetLedger.allow, require(factory.isRoom(room), ...).
    function test_attack_roomOfNoFactory_isAllowedNothing() public {
        address unknown = address(stray(configuration()));
        vm.expectRevert(abi.encodeWithSelector(IBudgetLedger.NotARoom.selector, unknown));
        vm.prank(approver(0));
        ledger.allow(id(0), unknown, 0, ALLOWANCE);
    }

    /// Anyone asks the ledger to charge a data set that is not theirs.
    /// BudgetLedger._canPay: the grant is the caller's, and the caller has none.
    function test_attack_chargeByAStranger_spendsNothing() public {
        activate();
        bytes32[] memory list = new bytes32[](1);
        list[0] = dataset(0);
        vm.prank(address(0xbad));
        vm.assertEq(ledger.charge(list, FIRST, 1, HOURLY, START), dataset(0));
        vm.assertEq(ledger.spentInPeriod(dataset(0), FIRST), 0);
    }
}
