// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BudgetLedger} from "../src/BudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {RoomFactory} from "../src/RoomFactory.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice The bounds of a configuration, reached: each of its transactions stays below what one may cost (EIP-7825).
contract LargestRoomTest is RoomFixture {
    function setUp() public override {
        for (uint256 i = 4; i < 16; i++) {
            names.push(vm.toString(i));
            approverKeys.push(0xd1 + i);
            partnerKeys.push(0xa1 + i);
        }
        factory = RoomFactory(deploy("RoomFactory", ""));
        ledger = BudgetLedger(deploy("BudgetLedger", abi.encode(factory)));
        nodeKeys = nodeKeysAscending(32);
        registerDatasets();
        epochs = 256;
    }

    function supplies(uint256) internal pure override returns (bool) {
        return true;
    }

    function query(uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encode("query", index));
    }

    function configuration() internal view override returns (IRoom.Configuration memory c) {
        c = super.configuration();
        c.quorum = 32;
        c.end = START + 256 * EPOCH;
        c.queries = new IRoom.Query[](64);
        for (uint256 i = 0; i < 64; i++) {
            c.queries[i] = IRoom.Query(query(i), HOUR, 1, type(uint16).max);
        }
    }

    function within(uint256 before) private view {
        vm.assertLe(before - gasleft(), TRANSACTION_GAS_MAX);
    }

    function test_largest_everyStep_fitsOneTransaction() public {
        IRoom.Configuration memory c = configuration();
        uint256 before = gasleft();
        room = create(c);
        within(before);
        vm.assertEq(room.configurationHash(), keccak256(abi.encode(c)));
        for (uint256 i = 0; i < 16; i++) {
            approve(c, i);
        }
        allowAll(room);
        for (uint256 i = 0; i < 16; i++) {
            IRoom.Key[] memory keys = keysOf(i);
            IRoom.Proof[] memory list = proofs(i);
            before = gasleft();
            room.reveal(i, keys, list);
            within(before);
        }
        vm.assertTrue(room.active());

        IRoom.ReleaseInput[] memory releases = new IRoom.ReleaseInput[](64);
        for (uint256 i = 0; i < 64; i++) {
            releases[i] = release(query(i));
        }
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        bytes[] memory signatures = quorumOf(32, releases, t);
        before = gasleft();
        room.publish(t, releases, signatures);
        within(before);
        vm.assertEq(ledger.spentInPeriod(dataset(15), START / EPOCH), 64);
        vm.assertEq(room.releaseHash(query(63), START), hashOf(releases[63], t));
    }
}
