// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A contract wallet with one owner: what an approver may be instead of a key.
contract Wallet is IERC1271 {
    address private immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recoverCalldata(hash, signature) == owner ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

/// @notice A wallet that answers every question with the same bytes, or reverts with them.
contract ScriptedWallet {
    bytes private answer;
    bool private reverts;

    constructor(bytes memory answer_, bool reverts_) {
        answer = answer_;
        reverts = reverts_;
    }

    fallback() external {
        bytes memory bytes_ = answer;
        bool reverts_ = reverts;
        assembly ("memory-safe") {
            if reverts_ { revert(add(bytes_, 32), mload(bytes_)) }
            return(add(bytes_, 32), mload(bytes_))
        }
    }
}
