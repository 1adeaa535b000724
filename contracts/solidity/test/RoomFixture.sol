// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {Harness} from "./Harness.sol";

/// @notice Three partners, of which the second only evaluates; three nodes, two of them a quorum; an hourly and a daily query.
/// Digests are built here from the words of PROTOCOL.md, not by the contract under test.
abstract contract RoomFixture is Harness {
    bytes32 internal constant HOURLY = keccak256("overlap");
    bytes32 internal constant DAILY = keccak256("attribution");
    bytes32 internal constant PUBLISHER = keccak256("publisher");
    bytes32 internal constant EVALUATOR = keccak256("evaluator");
    bytes32 internal constant ADVERTISER = keccak256("advertiser");
    uint64 internal constant HOUR = 3_600_000;
    uint64 internal constant DAY = 24 * HOUR;
    uint64 internal constant START = 20_000 * DAY;
    uint64 internal constant END = START + 28 * DAY;

    uint256[3] internal partnerKeys = [uint256(0xa1), 0xa2, 0xa3];
    uint256[] internal nodeKeys;
    Room internal room;

    function setUp() public virtual {
        nodeKeys = nodeKeysAscending(3);
        room = new Room(configuration());
    }

    // ------------------------------------------------------------------------------------------------------ Configuration

    function configuration() internal view returns (IRoom.Configuration memory c) {
        c.room = keccak256("spring-campaign");
        c.policyHash = keccak256("policy");
        c.start = START;
        c.end = END;
        c.semantics = 1;
        c.finalityDepth = 3;
        c.quorum = 2;
        c.partners = new IRoom.Partner[](3);
        c.partners[0] = IRoom.Partner(PUBLISHER, vm.addr(partnerKeys[0]), true);
        c.partners[1] = IRoom.Partner(EVALUATOR, vm.addr(partnerKeys[1]), false);
        c.partners[2] = IRoom.Partner(ADVERTISER, vm.addr(partnerKeys[2]), true);
        c.nodes = new address[](nodeKeys.length);
        for (uint256 i = 0; i < nodeKeys.length; i++) {
            c.nodes[i] = vm.addr(nodeKeys[i]);
        }
        c.queries = new IRoom.Query[](2);
        c.queries[0] = IRoom.Query(HOURLY, HOUR);
        c.queries[1] = IRoom.Query(DAILY, DAY);
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

    // ---------------------------------------------------------------------------------------------------------- Signing

    function sign(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, MessageHashUtils.toTypedDataHash(domain(address(room)), structHash));
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

    function approval() internal view returns (bytes32) {
        return approval(configuration());
    }

    function approval(IRoom.Configuration memory c) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Approval(bytes32 policyHash,bytes32 configuration)"), c.policyHash, keccak256(abi.encode(c))
            )
        );
    }

    function approveAll() internal {
        approveAll(configuration());
    }

    function approveAll(IRoom.Configuration memory c) private {
        for (uint256 i = 0; i < 3; i++) {
            room.approve(i, sign(partnerKeys[i], approval(c)));
        }
    }

    /// From here on `room` is another one, of this configuration.
    function deployApproved(IRoom.Configuration memory c) internal {
        room = new Room(c);
        approveAll(c);
    }

    function totalsStruct(bytes32 partner, uint64 from, uint64 to, bytes32 commitment) internal pure returns (bytes32) {
        return totalsStruct(keccak256("policy"), partner, from, to, commitment);
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

    function releaseStruct(bytes32 query, uint64 from, uint64 to, bytes32 hash) internal pure returns (bytes32) {
        return releaseStruct(keccak256("policy"), query, from, to, hash);
    }

    function releaseStruct(bytes32 policyHash, bytes32 query, uint64 from, uint64 to, bytes32 hash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256("Release(bytes32 policyHash,bytes32 query,uint64 start,uint64 end,bytes32 releaseHash)"),
                policyHash,
                query,
                from,
                to,
                hash
            )
        );
    }

    // ---------------------------------------------------------------------------------------------------------- Releases

    function release(bytes32 query, uint64 from) internal pure returns (IRoom.ReleaseInput memory) {
        return IRoom.ReleaseInput(query, from, 7, keccak256("root"), keccak256("mechanisms"));
    }

    function windowOf(bytes32 query) internal pure returns (uint64) {
        return query == DAILY ? DAY : HOUR;
    }

    /// Freshly signed totals of both suppliers; the labels stand for their input.
    function totals(IRoom.ReleaseInput memory r, bytes memory publisher, bytes memory advertiser)
        internal
        view
        returns (IRoom.TotalsInput[] memory inputs)
    {
        uint64 to = r.start + windowOf(r.query);
        inputs = new IRoom.TotalsInput[](2);
        inputs[0].commitment = keccak256(publisher);
        inputs[0].signature = sign(partnerKeys[0], totalsStruct(PUBLISHER, r.start, to, keccak256(publisher)));
        inputs[1].commitment = keccak256(advertiser);
        inputs[1].signature = sign(partnerKeys[2], totalsStruct(ADVERTISER, r.start, to, keccak256(advertiser)));
    }

    function commitmentsOf(IRoom.TotalsInput[] memory inputs) internal pure returns (bytes32[] memory commitments) {
        commitments = new bytes32[](inputs.length);
        for (uint256 i = 0; i < inputs.length; i++) {
            commitments[i] = inputs[i].commitment;
        }
    }

    /// The release hash, written out once more from PROTOCOL.md section 8.
    function hashOf(IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs) internal view returns (bytes32) {
        bytes memory head = abi.encode(
            keccak256("sealroom/release/v1"),
            uint256(1),
            block.chainid,
            address(room),
            keccak256("spring-campaign"),
            keccak256("policy")
        );
        bytes memory window = abi.encode(r.query, r.start, r.start + windowOf(r.query), r.rowCount, r.root);
        return
            keccak256(
                bytes.concat(head, window, abi.encode(keccak256(abi.encode(commitmentsOf(inputs))), r.mechanisms))
            );
    }

    /// Signatures of the first `count` nodes, in rising order of address.
    function quorumOf(uint256 count, IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs)
        internal
        view
        returns (bytes[] memory signatures)
    {
        bytes32 structHash = releaseStruct(r.query, r.start, r.start + windowOf(r.query), hashOf(r, inputs));
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; i++) {
            signatures[i] = sign(nodeKeys[i], structHash);
        }
    }

    function publish(IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs) internal returns (IRoom.Outcome) {
        return room.publish(r, inputs, quorumOf(2, r, inputs));
    }

    /// The first release of a window.
    function publish(bytes32 query, uint64 from) internal returns (bytes32) {
        IRoom.ReleaseInput memory r = release(query, from);
        IRoom.TotalsInput[] memory inputs = totals(r, "publisher", "advertiser");
        publish(r, inputs);
        return hashOf(r, inputs);
    }

    function assertOutcome(IRoom.Outcome actual, IRoom.Outcome expected) internal pure {
        vm.assertEq(uint256(actual), uint256(expected));
    }
}
