// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IRoom} from "./IRoom.sol";

/// @title Proof that a partner holds the secret of a public key
/// @notice A Schnorr proof over P-256 (PROTOCOL.md section 6): commitment R = kG with r = R.x mod n, challenge c = hash mod n,
/// response s = k + c * secret. It holds when the x coordinate of sG - cQ is r.
/// @dev The curve arithmetic is that of the chain's own P-256 precompile (EIP-7951), which tells for an ECDSA signature
/// (h, r, u) whether the x coordinate of (h/u)G + (r/u)Q is r. With u = -r/c and h = s * u that is sG - cQ. A u and its
/// negative give points of equal x, so the low one serves. The precompile and the library refuse points off the curve.
library KeyProof {
    bytes32 private constant TAG = keccak256("sealroom/key-proof/v1");

    /// @param room id of the room that this contract is
    /// @param partner its id: what keeps one partner from copying another's key with its proof
    function isValid(bytes32 room, bytes32 partner, uint64 epoch, IRoom.Key calldata key, IRoom.Proof calldata proof)
        internal
        view
        returns (bool)
    {
        uint256 r = uint256(proof.r);
        uint256 s = uint256(proof.s);
        if (r == 0 || r >= P256.N || s == 0 || s >= P256.N) return false;
        bytes32 challenge =
            keccak256(abi.encode(TAG, block.chainid, address(this), room, partner, epoch, key.x, key.y, proof.r));
        uint256 c = uint256(challenge) % P256.N;
        // Zero would make any key pass; a hash gives it to nobody.
        if (c == 0) return false;
        uint256 u = mulmod(P256.N - r, Math.invModPrime(c, P256.N), P256.N);
        uint256 h = mulmod(s, u, P256.N);
        return P256.verifyNative(bytes32(h), proof.r, bytes32(Math.min(u, P256.N - u)), key.x, key.y);
    }
}
