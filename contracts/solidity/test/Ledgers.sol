// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBudgetLedger} from "../src/IBudgetLedger.sol";

/// @notice Allows and pays everything: what a room still checks when nothing stops at the budget.
contract LavishLedger {
    function grant(bytes32, address) external pure returns (IBudgetLedger.Grant memory) {
        return IBudgetLedger.Grant(1, 0, 1);
    }

    function charge(bytes32[] calldata, uint64, uint32, bytes32, uint64) external virtual returns (bytes32) {
        return 0;
    }
}

/// @notice Calls the room back out of the middle of a publish, and passes on how that ended.
contract ReentrantLedger is LavishLedger {
    bytes private call_;

    function willCall(bytes calldata call) external {
        call_ = call;
    }

    function charge(bytes32[] calldata, uint64, uint32, bytes32, uint64) external override returns (bytes32) {
        (bool ok, bytes memory reason) = msg.sender.call(call_);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
        return 0;
    }
}

/// @notice Burns whatever gas it is given.
contract WastefulLedger is LavishLedger {
    function charge(bytes32[] calldata, uint64, uint32, bytes32, uint64) external pure override returns (bytes32) {
        assembly ("memory-safe") {
            invalid()
        }
    }
}
