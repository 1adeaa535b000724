// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The cheatcodes these tests use, as forge answers them.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function publicKeyP256(uint256 key) external view returns (uint256 x, uint256 y);
    function chainId(uint256 id) external;
    function etch(address where, bytes calldata code) external;
    function prank(address sender) external;
    function warp(uint256 timestamp) external;
    function snapshotState() external returns (uint256);
    function revertToState(uint256 snapshot) external returns (bool);
    function expectRevert(bytes calldata data) external;
    function expectEmit() external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function snapshotGasLastCall(string calldata group, string calldata name) external returns (uint256);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);
    function getCode(string calldata path) external view returns (bytes memory);
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);
    function parseJsonInt(string calldata json, string calldata key) external pure returns (int256);
    function parseJsonAddress(string calldata json, string calldata key) external pure returns (address);
    function parseJsonString(string calldata json, string calldata key) external pure returns (string memory);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);
    function parseJsonBytes32(string calldata json, string calldata key) external pure returns (bytes32);
    function toString(uint256 value) external pure returns (string memory);
    function assertTrue(bool condition) external pure;
    function assertTrue(bool condition, string calldata message) external pure;
    function assertFalse(bool condition) external pure;
    function assertEq(uint256 left, uint256 right) external pure;
    function assertEq(uint256 left, uint256 right, string calldata message) external pure;
    function assertEq(bytes32 left, bytes32 right) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata message) external pure;
    function assertEq(bytes calldata left, bytes calldata right) external pure;
    function assertEq(address left, address right) external pure;
    function assertNotEq(bytes32 left, bytes32 right) external pure;
    function assertLe(uint256 left, uint256 right) external pure;
    function assertLe(uint256 left, uint256 right, string calldata message) external pure;

    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }
}

/// @notice What forge-std would bring, as far as it is used: the package on npm is not the project's own.
abstract contract Harness {
    // forge-lint: disable-next-line(screaming-snake-case-const)
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// Fuzz inputs are folded into a range instead of thrown away.
    function bound(uint256 value, uint256 min, uint256 max) internal pure returns (uint256) {
        return min + value % (max - min + 1);
    }

    /// Creation code: out of the artifacts that tools/test names, which are the contracts as they are deployed (or as
    /// tools/mutate changed them), else as the tests themselves were compiled.
    function codeOf(string memory name) internal view returns (bytes memory) {
        string memory directory = vm.envOr("SEALROOM_ARTIFACTS", "");
        if (bytes(directory).length == 0) return vm.getCode(string.concat(name, ".sol:", name));
        return vm.getCode(string.concat(directory, "/", name, ".sol/", name, ".json"));
    }

    /// Like `new`, reasons of a refusal included.
    function deploy(string memory name, bytes memory arguments) internal returns (address created) {
        bytes memory code = bytes.concat(codeOf(name), arguments);
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
            if iszero(created) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }

    /// Kind of a refusal whose arguments nobody can foretell: a signature over something else recovers to a random key.
    function refusal(address target, bytes memory call) internal returns (bytes4) {
        (bool ok, bytes memory reason) = target.call(call);
        vm.assertFalse(ok);
        // forge-lint: disable-next-line(unsafe-typecast) the first four bytes are the error's selector
        return bytes4(reason);
    }

    function assertEq4(bytes4 left, bytes4 right) internal pure {
        vm.assertEq(bytes32(left), bytes32(right));
    }
}
