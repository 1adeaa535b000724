// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {IRoomFactory} from "../src/IRoomFactory.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract FactoryTest is RoomFixture {
    function test_create_refusedConfiguration_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.room = 0;
        vm.expectRevert(abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.ROOM, 0));
        factory.create(c);
    }

    function test_create_byAnyone_isARoom() public {
        IRoom.Configuration memory c = configuration();
        vm.recordLogs();
        vm.prank(address(0xbeef));
        address created = factory.create(c);

        vm.assertTrue(factory.isRoom(created));
        vm.assertEq(IRoom(created).configurationHash(), keccak256(abi.encode(c)));
        bytes32[] memory topics = vm.getRecordedLogs()[1].topics;
        vm.assertEq(topics[0], IRoomFactory.Created.selector);
        vm.assertEq(topics[1], bytes32(uint256(uint160(created))));
        vm.assertEq(topics[2], c.room);
        vm.assertEq(topics[3], c.policyHash);
    }

    /// Two of the same configuration are two rooms, with domains of their own.
    function test_create_again_isAnotherRoom() public {
        address created = factory.create(configuration());
        vm.assertTrue(created != address(room));
        vm.assertTrue(factory.isRoom(address(room)));
    }

    function test_isRoom_createdElsewhere_isFalse() public {
        vm.assertFalse(factory.isRoom(address(stray(configuration()))));
        vm.assertFalse(factory.isRoom(address(factory)));
    }
}
