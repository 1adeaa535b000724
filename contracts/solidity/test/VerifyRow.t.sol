// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice A release of three rows, in a tree of OpenZeppelin's shape: pairs are sorted.
contract VerifyRowTest is RoomFixture {
    IRoom.Row[3] private rows;
    IRoom.ReleaseInput private published;
    bytes32 private totalsHash;

    function setUp() public override {
        super.setUp();
        activate();
        for (uint32 i = 0; i < 3; i++) {
            rows[i] = IRoom.Row(i, HOURLY, START, START + HOUR, keccak256(abi.encode("cell", i)), 3, 0, -7, "salt");
        }
        IRoom.ReleaseInput[] memory releases = batch(HOURLY);
        releases[0].rowCount = 3;
        releases[0].root = pair(pair(leaf(rows[0]), leaf(rows[1])), leaf(rows[2]));
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        publish(releases, t);
        published = releases[0];
        totalsHash = keccak256(abi.encode(t.commitments));
    }

    function leaf(IRoom.Row memory row) private pure returns (bytes32) {
        bytes memory head = abi.encode(row.index, row.query, row.start, row.end, row.cell);
        bytes memory tail = abi.encode(row.metric, row.status, row.value, row.salt);
        return keccak256(bytes.concat(keccak256(bytes.concat(head, tail))));
    }

    function pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function proofOf(uint256 index) private view returns (bytes32[] memory proof) {
        if (index == 2) {
            proof = new bytes32[](1);
            proof[0] = pair(leaf(rows[0]), leaf(rows[1]));
        } else {
            proof = new bytes32[](2);
            (proof[0], proof[1]) = (leaf(rows[1 - index]), leaf(rows[2]));
        }
    }

    function test_verifyRow_everyRow_isTrue() public view {
        for (uint256 i = 0; i < 3; i++) {
            vm.assertTrue(room.verifyRow(rows[i], published, totalsHash, proofOf(i)));
        }
    }

    /// The leaf binds every field of a row; the window is bound by the release as well.
    function testFuzz_verifyRow_alteredRow_isFalse(uint256 field, uint256 bit) public view {
        IRoom.Row memory row = rows[1];
        field = bound(field, 0, 8);
        uint256 flip = uint256(1) << (bit % 256);
        // forge-lint: disable-start(unsafe-typecast) one bit of the field's width
        if (field == 0) row.index ^= uint32(flip >> (bit % 256 & 0xe0));
        if (field == 1) row.query ^= bytes32(flip);
        if (field == 2) row.start ^= uint64(flip >> (bit % 256 & 0xc0));
        if (field == 3) row.end ^= uint64(flip >> (bit % 256 & 0xc0));
        if (field == 4) row.cell ^= bytes32(flip);
        if (field == 5) row.metric ^= uint8(flip >> (bit % 256 & 0xf8));
        if (field == 6) row.status ^= uint8(flip >> (bit % 256 & 0xf8));
        if (field == 7) row.value ^= int256(flip);
        if (field == 8) row.salt ^= bytes32(flip);
        // forge-lint: disable-end(unsafe-typecast)
        vm.assertFalse(room.verifyRow(row, published, totalsHash, proofOf(1)));
    }

    function test_verifyRow_otherRelease_isFalse() public view {
        for (uint256 field = 0; field < 4; field++) {
            IRoom.ReleaseInput memory other = published;
            if (field == 0) other.query = HOURLY_TOO;
            if (field == 1) other.rowCount = 4;
            if (field == 2) other.root = leaf(rows[1]);
            if (field == 3) other.mechanisms = 0;
            vm.assertFalse(room.verifyRow(rows[1], other, totalsHash, proofOf(1)));
        }
        vm.assertFalse(room.verifyRow(rows[1], published, keccak256("other totals"), proofOf(1)));
    }

    /// Whose root a row is shown against is not for the caller to choose.
    function test_verifyRow_rootMadeForTheRow_isFalse() public view {
        IRoom.ReleaseInput memory forged = published;
        forged.root = leaf(rows[1]);
        vm.assertFalse(room.verifyRow(rows[1], forged, totalsHash, new bytes32[](0)));
    }

    function test_verifyRow_otherProof_isFalse() public view {
        vm.assertFalse(room.verifyRow(rows[1], published, totalsHash, proofOf(0)));
        vm.assertFalse(room.verifyRow(rows[1], published, totalsHash, new bytes32[](0)));
    }

    /// A row of one query says nothing of another, even where its leaf is in that one's tree.
    function test_verifyRow_rowOfAnotherQuery_isFalse() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY_TOO);
        releases[0].rowCount = 3;
        releases[0].root = published.root;
        publish(releases, totals(START, START + HOUR));
        vm.assertFalse(room.verifyRow(rows[1], releases[0], totalsHash, proofOf(1)));
    }

    /// A leaf beyond the row count that was signed is none of the release.
    function test_verifyRow_indexBeyondTheRows_isFalse() public {
        IRoom.ReleaseInput[] memory releases = batch(HOURLY);
        for (uint32 count = 1; count <= 2; count++) {
            IRoom.Row memory row = rows[0];
            (row.index, row.start, row.end) = (1, START + count * HOUR, START + (count + 1) * HOUR);
            releases[0].rowCount = count;
            releases[0].root = leaf(row);
            IRoom.WindowTotals memory t = totals(row.start, row.end);
            publish(releases, t);
            bytes32 hash = keccak256(abi.encode(t.commitments));
            vm.assertTrue(room.verifyRow(row, releases[0], hash, new bytes32[](0)) == (count == 2));
        }
    }

    function test_verifyRow_nothingPublished_isFalse() public {
        room = create(configuration());
        vm.assertFalse(room.verifyRow(rows[1], published, totalsHash, proofOf(1)));
    }

    function test_verifyRow_withheld_isFalse() public {
        allow(0, address(room), CHARGE);
        IRoom.Row memory row = rows[0];
        row.query = HOURLY_TOO;
        IRoom.ReleaseInput[] memory releases = batch(HOURLY_TOO);
        releases[0].root = leaf(row);
        publish(releases, totals(START, START + HOUR));
        vm.assertEq(room.releaseHash(HOURLY_TOO, START), bytes32(uint256(1)));
        vm.assertFalse(room.verifyRow(row, releases[0], totalsHash, new bytes32[](0)));
    }

    function test_verifyRow_otherChain_isFalse() public {
        vm.chainId(block.chainid + 1);
        vm.assertFalse(room.verifyRow(rows[1], published, totalsHash, proofOf(1)));
    }
}
