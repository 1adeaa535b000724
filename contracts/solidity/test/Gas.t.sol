// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice What a transaction costs, compared with snapshots/ by tools/test. Whole transactions: run with --isolate. Three
/// partners that all supply, three nodes, a quorum of two; two hourly queries over all three data sets.
contract GasTest is RoomFixture {
    function setUp() public override {
        names = ["publisher", "advertiser", "retailer"];
        super.setUp();
        activate();
    }

    function supplies(uint256) internal pure override returns (bool) {
        return true;
    }

    function configuration() internal view override returns (IRoom.Configuration memory c) {
        c = super.configuration();
        c.queries[0].datasets = 7;
        c.queries[1].datasets = 7;
        c.queries[2].datasets = 7;
    }

    function measured(string memory name) private {
        vm.snapshotGasLastCall("Room", name);
    }

    // ------------------------------------------------------------------------------------------------------------ Publish

    /// Everything is written for the first time: the room's first release of an epoch, in a period that no room has charged.
    function test_gas_publishAllFresh() public {
        publish(HOURLY, START);
        measured("publish, first charge of all");
        publish(HOURLY, START + EPOCH);
        measured("publish, first charge of an epoch");
    }

    /// The usual first release of a query in an epoch: others have opened the words that its charge is written into.
    function test_gas_publish() public {
        publish(DAILY, START);
        publish(HOURLY, START);
        measured("publish with charge and totals");
        publish(HOURLY, START + HOUR);
        measured("publish, charged before");
        publish(batch(HOURLY_TOO), totals(START + HOUR, START + 2 * HOUR));
        measured("publish, totals there");
    }

    /// A further query costs what a batch of two does above one.
    function test_gas_publishBatch() public {
        publish(DAILY, START);
        publish(batch(HOURLY, HOURLY_TOO), totals(START, START + HOUR));
        measured("publish two queries with charge and totals");
        publish(batch(HOURLY, HOURLY_TOO), totals(START + HOUR, START + 2 * HOUR));
        measured("publish two queries, charged before");
    }

    function withSigners(uint256 count) private {
        nodeKeys = nodeKeysAscending(count);
        IRoom.Configuration memory c = configuration();
        // forge-lint: disable-next-line(unsafe-typecast) at most 20
        c.quorum = uint8(count);
        room = create(c);
        activate(c);
        IRoom.WindowTotals memory t = totals(START, START + HOUR);
        room.publish(t, batch(HOURLY), quorumOf(count, batch(HOURLY), t));
        t = totals(START + HOUR, START + 2 * HOUR);
        room.publish(t, batch(HOURLY), quorumOf(count, batch(HOURLY), t));
    }

    function test_gas_publish3Signers() public {
        withSigners(3);
        measured("publish, charged before, 3 signers");
    }

    function test_gas_publish5Signers() public {
        withSigners(5);
        measured("publish, charged before, 5 signers");
    }

    function test_gas_publish20Signers() public {
        withSigners(20);
        measured("publish, charged before, 20 signers");
    }

    function test_gas_publishAgain() public {
        publish(HOURLY, START);
        publish(HOURLY, START);
        measured("publish the same again");
    }

    function test_gas_conflict() public {
        publish(HOURLY, START);
        IRoom.ReleaseInput[] memory releases = batch(HOURLY);
        releases[0].rowCount = 8;
        publish(releases, totals(START, START + HOUR));
        measured("conflict");
    }

    function test_gas_withheld() public {
        allow(0, address(room), 1);
        publish(HOURLY, START);
        measured("withheld");
    }

    // ----------------------------------------------------------------------------------------------------------- Ceremony

    function test_gas_create() public {
        create(configuration());
        measured("create a room");
    }

    function test_gas_approve() public {
        room = create(configuration());
        approve(0);
        measured("approve");
    }

    function test_gas_allow() public {
        room = create(configuration());
        allow(0, address(room), ALLOWANCE);
        measured("allow a room");
    }

    function revealOf(uint64 count) private {
        epochs = count;
        IRoom.Configuration memory c = configuration();
        c.end = START + count * EPOCH;
        room = create(c);
        for (uint256 i = 0; i < 3; i++) {
            approve(c, i);
        }
        allowAll(room);
        reveal(0);
    }

    /// A further epoch costs what 12 cost above one, by the eleven.
    function test_gas_reveal() public {
        revealOf(1);
        measured("reveal, 1 epoch");
    }

    function test_gas_reveal12Epochs() public {
        revealOf(12);
        measured("reveal, 12 epochs");
    }
}
