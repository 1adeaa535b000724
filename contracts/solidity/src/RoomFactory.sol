// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "./IRoom.sol";
import {IRoomFactory} from "./IRoomFactory.sol";
import {Room} from "./Room.sol";

/// @title RoomFactory
contract RoomFactory is IRoomFactory {
    /// @inheritdoc IRoomFactory
    mapping(address room => bool) public isRoom;

    /// @inheritdoc IRoomFactory
    function create(IRoom.Configuration calldata configuration) external returns (address room) {
        room = address(new Room(configuration));
        isRoom[room] = true;
        emit Created(room, configuration.room, configuration.policyHash);
    }
}
