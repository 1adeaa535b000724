// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice What a transaction costs, compared with snapshots/Room.json on every run. Whole transactions: run with --isolate.
contract GasTest is RoomFixture {
    function withSigners(uint256 count) private {
        nodeKeys = nodeKeysAscending(count);
        IRoom.Configuration memory c = configuration();
        // forge-lint: disable-next-line(unsafe-typecast) at most 20
        c.quorum = uint8(count);
        deployApproved(c);
    }

    function published(uint256 count) private returns (IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs) {
        withSigners(count);
        r = release(HOURLY, START);
        inputs = totals(r, "a", "b");
        room.publish(r, inputs, quorumOf(count, r, inputs));
    }

    function test_gas_approve() public {
        room.approve(0, sign(partnerKeys[0], approval()));
        vm.snapshotGasLastCall("Room", "approve");
    }

    function test_gas_publish() public {
        published(1);
        vm.snapshotGasLastCall("Room", "publish, 1 signer");
        published(3);
        vm.snapshotGasLastCall("Room", "publish, 3 signers");
        published(5);
        vm.snapshotGasLastCall("Room", "publish, 5 signers");
        published(20);
        vm.snapshotGasLastCall("Room", "publish, 20 signers");
    }

    function test_gas_publishAgain() public {
        (IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs) = published(3);
        room.publish(r, inputs, quorumOf(3, r, inputs));
        vm.snapshotGasLastCall("Room", "publish the same again, 3 signers");
    }

    function test_gas_conflict() public {
        (IRoom.ReleaseInput memory r, IRoom.TotalsInput[] memory inputs) = published(3);
        r.root = keccak256("another root");
        room.publish(r, inputs, quorumOf(3, r, inputs));
        vm.snapshotGasLastCall("Room", "conflict, 3 signers");
    }
}
