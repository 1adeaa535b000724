// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "./IRoom.sol";

/// @title Creates rooms and keeps no power over them
/// @notice That a room comes from here says what code it runs.
interface IRoomFactory {
    /// @notice A room exists at this address.
    event Created(address indexed room, bytes32 indexed id, bytes32 indexed policyHash);

    /// @notice Creates a room. Anyone may: what counts are its partners' approvals.
    function create(IRoom.Configuration calldata configuration) external returns (address room);

    /// @notice Whether this factory created the room.
    function isRoom(address room) external view returns (bool);
}
