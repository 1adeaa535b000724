// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {BudgetLedger} from "../src/BudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFactory} from "../src/RoomFactory.sol";
import {Harness} from "./Harness.sol";

/// @notice Four partners, of which the second only evaluates; three nodes, two of them a quorum; an hourly and a daily query.
/// Digests are built here from the words of PROTOCOL.md, not by the contract under test.
abstract contract RoomFixture is Harness {
    bytes32 internal constant HOURLY = keccak256("overlap");
    bytes32 internal constant HOURLY_TOO = keccak256("last-touch");
    bytes32 internal constant DAILY = keccak256("attribution");
    uint64 internal constant HOUR = 3_600_000;
    uint64 internal constant DAY = 24 * HOUR;
    uint64 internal constant EPOCH = 7 * DAY;
    uint64 internal constant START = 20_006 * DAY;
    uint64 internal constant END = START + 2 * EPOCH;
    /// What a transaction may cost since EIP-7825.
    uint256 internal constant TRANSACTION_GAS_MAX = 1 << 24;
    uint32 internal constant CHARGE = 1_500_000;
    uint32 internal constant LIMIT_PER_PERIOD = 10_000_000;
    uint64 internal constant LIMIT_FOR_LIFE = 100_000_000;
    uint64 internal constant ALLOWANCE = 40_000_000;

    string[] internal names = ["publisher", "evaluator", "advertiser", "retailer"];
    uint256[] internal approverKeys = [0xd1, 0xd2, 0xd3, 0xd4];
    uint256[] internal partnerKeys = [0xa1, 0xa2, 0xa3, 0xa4];
    uint64 internal firstEpoch = START / EPOCH;
    uint256 internal epochs = 2;
    uint256[] internal nodeKeys;
    RoomFactory internal factory;
    BudgetLedger internal ledger;
    Room internal room;

    function setUp() public virtual {
        factory = RoomFactory(deploy("RoomFactory", ""));
        ledger = BudgetLedger(deploy("BudgetLedger", abi.encode(factory)));
        nodeKeys = nodeKeysAscending(3);
        registerDatasets();
        room = create(configuration());
    }

    // ------------------------------------------------------------------------------------------------------ Configuration

    function partnerCount() internal view returns (uint256) {
        return names.length;
    }

    function supplies(uint256 partner) internal view virtual returns (bool) {
        return partner != 1;
    }

    function id(uint256 partner) internal view returns (bytes32) {
        return keccak256(bytes(names[partner]));
    }

    function approver(uint256 partner) internal view returns (address) {
        return vm.addr(approverKeys[partner]);
    }

    function dataset(uint256 partner) internal view returns (bytes32) {
        return supplies(partner) ? keccak256(abi.encode(approver(partner), id(partner))) : bytes32(0);
    }

    function configuration() internal view virtual returns (IRoom.Configuration memory c) {
        c.room = keccak256("spring-campaign");
        c.policyHash = keccak256("policy");
        c.start = START;
        c.end = END;
        c.epochMillis = EPOCH;
        c.quota = 1_000_000;
        c.semantics = 1;
        c.finalityDepth = 3;
        c.quorum = 2;
        c.ledger = address(ledger);
        c.partners = new IRoom.Partner[](partnerCount());
        for (uint256 i = 0; i < partnerCount(); i++) {
            c.partners[i] = IRoom.Partner(id(i), approver(i), vm.addr(partnerKeys[i]), dataset(i));
        }
        c.nodes = new address[](nodeKeys.length);
        for (uint256 i = 0; i < nodeKeys.length; i++) {
            c.nodes[i] = vm.addr(nodeKeys[i]);
        }
        c.queries = new IRoom.Query[](3);
        c.queries[0] = IRoom.Query(HOURLY, HOUR, CHARGE, 13);
        c.queries[1] = IRoom.Query(HOURLY_TOO, HOUR, CHARGE, 5);
        c.queries[2] = IRoom.Query(DAILY, DAY, CHARGE, 9);
    }

    function registerDatasets() internal virtual {
        for (uint256 i = 0; i < partnerCount(); i++) {
            if (!supplies(i)) continue;
            vm.prank(approver(i));
            ledger.register(id(i), EPOCH, LIMIT_PER_PERIOD, LIMIT_FOR_LIFE);
        }
    }

    function create(IRoom.Configuration memory c) internal returns (Room) {
        return Room(factory.create(c));
    }

    /// A room that no factory knows.
    function stray(IRoom.Configuration memory c) internal returns (Room) {
        return Room(deploy("Room", abi.encode(c)));
    }

    /// The configuration that an owner who looked would find there.
    function found(address spender) internal view returns (bytes32) {
        return factory.isRoom(spender) ? Room(spender).configurationHash() : bytes32(0);
    }

    function allow(uint256 partner, address spender, uint64 allowance) internal {
        bytes32 meant = found(spender);
        vm.prank(approver(partner));
        ledger.allow(id(partner), spender, meant, allowance);
    }

    /// Every owner lets the room spend; the life of a data set is enough for two such rooms.
    function allowAll(Room spender) internal {
        for (uint256 i = 0; i < partnerCount(); i++) {
            if (!supplies(i)) continue;
            allow(i, address(spender), ALLOWANCE);
        }
    }

    /// Keys whose addresses rise, so that signing in order is signing as the contract wants it.
    function nodeKeysAscending(uint256 count) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 key = 0xb001 + i;
            uint256 place = i;
            while (place > 0 && vm.addr(keys[place - 1]) > vm.addr(key)) {
                keys[place] = keys[place - 1];
                place--;
            }
            keys[place] = key;
        }
    }

    // ----------------------------------------------------------------------------------------------------------- Ceremony

    /// Secret of a partner's key of an epoch.
    function secret(uint256 partner, uint256 epoch) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("secret", partner, epoch))) % P256.N;
    }

    function publicKey(uint256 secretKey) internal view returns (IRoom.Key memory) {
        (uint256 x, uint256 y) = vm.publicKeyP256(secretKey);
        return IRoom.Key(bytes32(x), bytes32(y));
    }

    function keysOf(uint256 partner) internal view returns (IRoom.Key[] memory list) {
        list = new IRoom.Key[](epochs);
        for (uint256 i = 0; i < epochs; i++) {
            list[i] = publicKey(secret(partner, firstEpoch + i));
        }
    }

    function keysHash(bytes32 partner, IRoom.Key[] memory list) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("sealroom/keys/v1"), partner, list));
    }

    function keysHash(uint256 partner) internal view returns (bytes32) {
        return keysHash(id(partner), keysOf(partner));
    }

    /// The Schnorr proof of PROTOCOL.md section 6, with a nonce that is made of the secret.
    function proof(bytes32 partner, uint256 epoch, uint256 secretKey) internal view returns (IRoom.Proof memory) {
        uint256 nonce = uint256(keccak256(abi.encode("nonce", secretKey, partner, epoch))) % P256.N;
        bytes32 r = bytes32(uint256(publicKey(nonce).x) % P256.N);
        IRoom.Key memory key = publicKey(secretKey);
        bytes32 challenge = keccak256(
            abi.encode(
                keccak256("sealroom/key-proof/v1"),
                block.chainid,
                address(room),
                keccak256("spring-campaign"),
                partner,
                epoch,
                key.x,
                key.y,
                r
            )
        );
        uint256 s = addmod(nonce, mulmod(uint256(challenge) % P256.N, secretKey, P256.N), P256.N);
        return IRoom.Proof(r, bytes32(s));
    }

    function proofs(uint256 partner) internal view returns (IRoom.Proof[] memory list) {
        list = new IRoom.Proof[](epochs);
        for (uint256 i = 0; i < epochs; i++) {
            list[i] = proof(id(partner), firstEpoch + i, secret(partner, firstEpoch + i));
        }
    }

    function approval(IRoom.Configuration memory c, bytes32 keysHash_) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Approval(bytes32 policyHash,bytes32 configuration,bytes32 keys)"),
                c.policyHash,
                keccak256(abi.encode(c)),
                keysHash_
            )
        );
    }

    function approve(uint256 partner) internal {
        approve(configuration(), partner);
    }

    function approve(IRoom.Configuration memory c, uint256 partner) internal {
        room.approve(partner, keysHash(partner), sign(approverKeys[partner], approval(c, keysHash(partner))));
    }

    function reveal(uint256 partner) internal {
        room.reveal(partner, keysOf(partner), proofs(partner));
    }

    /// Brings `room`, which has this configuration, to where it takes releases.
    function activate(IRoom.Configuration memory c) internal {
        for (uint256 i = 0; i < partnerCount(); i++) {
            approve(c, i);
        }
        allowAll(room);
        for (uint256 i = 0; i < partnerCount(); i++) {
            reveal(i);
        }
    }

    function activate() internal {
        activate(configuration());
    }

    // ---------------------------------------------------------------------------------------------------------- Signing

    function sign(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        return sign(key, structHash, address(room));
    }

    function sign(uint256 key, bytes32 structHash, address contractAddress) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, MessageHashUtils.toTypedDataHash(domain(contractAddress), structHash));
        return abi.encodePacked(r, s, v);
    }

    function domain(address contractAddress) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Sealroom"),
                keccak256("1"),
                block.chainid,
                contractAddress
            )
        );
    }

    function totalsStruct(bytes32 policyHash, bytes32 partner, uint64 from, uint64 to, bytes32 commitment)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256("Totals(bytes32 partner,bytes32 policyHash,uint64 start,uint64 end,bytes32 commitment)"),
                partner,
                policyHash,
                from,
                to,
                commitment
            )
        );
    }

    function releasesStruct(bytes32 policyHash, uint64 from, uint64 to, IRoom.Release[] memory releases)
        internal
        pure
        returns (bytes32)
    {
        bytes memory structs;
        for (uint256 i = 0; i < releases.length; i++) {
            structs = bytes.concat(
                structs,
                keccak256(
                    abi.encode(
                        keccak256("Release(bytes32 query,bytes32 releaseHash)"),
                        releases[i].query,
                        releases[i].releaseHash
                    )
                )
            );
        }
        return keccak256(
            abi.encode(
                keccak256(
                    "Releases(bytes32 policyHash,uint64 start,uint64 end,Release[] releases)Release(bytes32 query,bytes32 releaseHash)"
                ),
                policyHash,
                from,
                to,
                keccak256(structs)
            )
        );
    }

    // ---------------------------------------------------------------------------------------------------------- Releases

    function release(bytes32 query) internal pure returns (IRoom.ReleaseInput memory) {
        return IRoom.ReleaseInput(query, 7, keccak256("root"), keccak256("mechanisms"));
    }

    function batch(bytes32 query) internal pure returns (IRoom.ReleaseInput[] memory releases) {
        releases = new IRoom.ReleaseInput[](1);
        releases[0] = release(query);
    }

    function batch(bytes32 first, bytes32 second) internal pure returns (IRoom.ReleaseInput[] memory releases) {
        releases = new IRoom.ReleaseInput[](2);
        releases[0] = release(first);
        releases[1] = release(second);
    }

    /// Freshly signed totals of all suppliers; the label stands for their input.
    function totals(uint64 from, uint64 to, bytes memory label) internal view returns (IRoom.WindowTotals memory t) {
        uint256 suppliers = 0;
        for (uint256 i = 0; i < partnerCount(); i++) {
            if (supplies(i)) suppliers++;
        }
        t = IRoom.WindowTotals(from, to, new bytes32[](suppliers), new bytes[](suppliers));
        uint256 next = 0;
        for (uint256 i = 0; i < partnerCount(); i++) {
            if (!supplies(i)) continue;
            t.commitments[next] = keccak256(abi.encode(label, i));
            t.signatures[next] =
                sign(partnerKeys[i], totalsStruct(keccak256("policy"), id(i), from, to, t.commitments[next]));
            next++;
        }
    }

    function totals(uint64 from, uint64 to) internal view returns (IRoom.WindowTotals memory) {
        return totals(from, to, "input");
    }

    /// The release hash, written out once more from PROTOCOL.md section 8.
    function hashOf(IRoom.ReleaseInput memory r, IRoom.WindowTotals memory t) internal view returns (bytes32) {
        bytes memory head = abi.encode(
            keccak256("sealroom/release/v1"),
            uint256(1),
            block.chainid,
            address(room),
            keccak256("spring-campaign"),
            keccak256("policy")
        );
        bytes memory window = abi.encode(r.query, t.start, t.end, r.rowCount, r.root);
        return keccak256(bytes.concat(head, window, abi.encode(keccak256(abi.encode(t.commitments)), r.mechanisms)));
    }

    function signedList(IRoom.ReleaseInput[] memory releases, IRoom.WindowTotals memory t)
        internal
        view
        returns (IRoom.Release[] memory signed)
    {
        signed = new IRoom.Release[](releases.length);
        for (uint256 i = 0; i < releases.length; i++) {
            signed[i] = IRoom.Release(releases[i].query, hashOf(releases[i], t));
        }
    }

    /// Signatures of the first `count` nodes, in rising order of address.
    function quorumOf(uint256 count, IRoom.ReleaseInput[] memory releases, IRoom.WindowTotals memory t)
        internal
        view
        returns (bytes[] memory signatures)
    {
        bytes32 structHash = releasesStruct(keccak256("policy"), t.start, t.end, signedList(releases, t));
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; i++) {
            signatures[i] = sign(nodeKeys[i], structHash);
        }
    }

    function publish(IRoom.ReleaseInput[] memory releases, IRoom.WindowTotals memory t)
        internal
        returns (IRoom.Outcome[] memory)
    {
        return room.publish(t, releases, quorumOf(2, releases, t));
    }

    /// The first release of a window, offered alone.
    function publish(bytes32 query, uint64 from) internal returns (bytes32) {
        IRoom.ReleaseInput[] memory releases = batch(query);
        IRoom.WindowTotals memory t = totals(from, from + windowOf(query));
        publish(releases, t);
        return hashOf(releases[0], t);
    }

    function windowOf(bytes32 query) internal pure returns (uint64) {
        return query == DAILY ? DAY : HOUR;
    }

    function assertOutcome(IRoom.Outcome actual, IRoom.Outcome expected) internal pure {
        vm.assertEq(uint256(actual), uint256(expected));
    }
}
