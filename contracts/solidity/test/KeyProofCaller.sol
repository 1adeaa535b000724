// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {KeyProof} from "../src/KeyProof.sol";

/// @notice Offers the library alone, without a commitment in front of it.
contract KeyProofCaller {
    function isValid(bytes32 partner, uint64 epoch, IRoom.Key calldata key, IRoom.Proof calldata proof)
        external
        view
        returns (bool)
    {
        return KeyProof.isValid(keccak256("spring-campaign"), partner, epoch, key, proof);
    }
}
