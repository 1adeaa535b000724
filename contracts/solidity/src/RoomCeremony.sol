// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IBudgetLedger} from "./IBudgetLedger.sol";
import {IRoom} from "./IRoom.sol";
import {KeyProof} from "./KeyProof.sol";
import {RoomSetup} from "./RoomSetup.sol";

/// @title How a Room comes alive, and how it ends
/// @notice Approved by all, then revealed by all, then active; a partner can end it from the next epoch on.
/// @dev Every partner is bound to its keys before any key is shown. Otherwise the last one could choose its key as a
/// difference to the others' and know the joint secret.
abstract contract RoomCeremony is RoomSetup {
    bytes32 private constant APPROVAL_TYPE =
        keccak256("Approval(bytes32 policyHash,bytes32 configuration,bytes32 keys)");
    bytes32 private constant LEAVE_TYPE = keccak256("Leave(bytes32 partner,bytes32 policyHash,uint64 epoch)");
    bytes32 private constant KEYS_TAG = keccak256("sealroom/keys/v1");

    uint256 private constant MILLIS_PER_SECOND = 1000;

    /// One slot, because publish reads it. Who has approved is told by `_keys`.
    struct Progress {
        /// Bit i: partner i.
        uint16 reveals;
        uint8 approvalCount;
        uint8 revealCount;
        uint64 closesAt;
    }

    Progress private _progress;

    mapping(uint256 index => bytes32) private _keys;

    constructor(Configuration memory c) RoomSetup(c) {
        _progress.closesAt = c.end;
    }

    // ------------------------------------------------------------------------------------------------------------ Actions

    /// @inheritdoc IRoom
    function approve(uint256 partnerIndex, bytes32 keys, bytes calldata signature) external {
        Partner memory p = partner(partnerIndex);
        require(keys != 0, ZeroKeys(p.id));
        _requireApprover(p, keccak256(abi.encode(APPROVAL_TYPE, policyHash, configurationHash, keys)), signature);

        bytes32 bound = _keys[partnerIndex];
        if (bound == keys) return;
        require(bound == 0, KeysAlreadyBound(p.id, bound, keys));
        _keys[partnerIndex] = keys;
        _progress.approvalCount++;
        emit Approved(p.id, keys, _progress.approvalCount, PARTNERS);
    }

    /// @inheritdoc IRoom
    function reveal(uint256 partnerIndex, Key[] calldata keys, Proof[] calldata proofs) external {
        Partner memory p = partner(partnerIndex);
        require(approved(), NotApproved(_progress.approvalCount, PARTNERS));
        require(p.dataset == 0 || _allowance(p.dataset) != 0, NothingAllowed(p.id, p.dataset));
        require(keys.length == EPOCHS && proofs.length == EPOCHS, KeyCount(keys.length, proofs.length, EPOCHS));
        bytes32 given = keccak256(abi.encode(KEYS_TAG, p.id, keys));
        require(given == _keys[partnerIndex], KeysDiffer(p.id, _keys[partnerIndex], given));
        for (uint256 i = 0; i < keys.length; i++) {
            // forge-lint: disable-next-line(unsafe-typecast) an epoch of the room, whose times are uint64
            uint64 epoch = FIRST_EPOCH + uint64(i);
            require(KeyProof.isValid(room, p.id, epoch, keys[i], proofs[i]), InvalidKeyProof(p.id, epoch));
        }

        if (hasRevealed(partnerIndex)) return;
        _progress.reveals |= _bit(partnerIndex);
        _progress.revealCount++;
        emit KeysRevealed(p.id, keys);
        if (active()) emit Activated();
    }

    /// @inheritdoc IRoom
    function leaveFrom(uint256 partnerIndex, uint64 epoch, bytes calldata signature) external {
        Partner memory p = partner(partnerIndex);
        _requireApprover(p, keccak256(abi.encode(LEAVE_TYPE, p.id, policyHash, epoch)), signature);
        uint256 current = block.timestamp * MILLIS_PER_SECOND / epochMillis;
        require(epoch > current, EpochNotAhead(epoch, current));
        uint256 closing = uint256(epoch) * epochMillis;
        require(closing < _progress.closesAt, ClosesEarlier(epoch, _progress.closesAt));

        // forge-lint: disable-next-line(unsafe-typecast) below a uint64
        _progress.closesAt = uint64(closing);
        emit Left(p.id, epoch, _progress.closesAt);
    }

    // -------------------------------------------------------------------------------------------------------------- Views

    /// @inheritdoc IRoom
    function approved() public view returns (bool) {
        return _progress.approvalCount == PARTNERS;
    }

    /// @inheritdoc IRoom
    function active() public view returns (bool) {
        return _progress.revealCount == PARTNERS;
    }

    /// @inheritdoc IRoom
    function keysOf(uint256 partnerIndex) external view returns (bytes32) {
        return _keys[partnerIndex];
    }

    /// @inheritdoc IRoom
    function hasRevealed(uint256 partnerIndex) public view returns (bool) {
        return (_progress.reveals >> partnerIndex) & 1 == 1;
    }

    /// @inheritdoc IRoom
    function closesAt() external view returns (uint64) {
        return _progress.closesAt;
    }

    // ------------------------------------------------------------------------------------------------------------ Private

    /// Whether the room takes a window, at the price of one read.
    function _requireOpen(uint64 windowStart, uint64 windowEnd) internal view {
        Progress memory progress = _progress;
        require(progress.revealCount == PARTNERS, NotActive(progress.revealCount, PARTNERS));
        require(
            windowStart >= start && windowStart < windowEnd && windowEnd <= progress.closesAt,
            WindowOutOfRoom(windowStart, windowEnd, progress.closesAt)
        );
    }

    function _requireApprover(Partner memory p, bytes32 structHash, bytes calldata signature) private view {
        bool signed = SignatureChecker.isValidSignatureNowCalldata(p.approver, _hashTypedDataV4(structHash), signature);
        require(signed, NotSignedByApprover(p.id, p.approver));
    }

    function _allowance(bytes32 dataset) private view returns (uint64) {
        return IBudgetLedger(ledger).grant(dataset, address(this)).allowance;
    }

    function _bit(uint256 partnerIndex) private pure returns (uint16) {
        // forge-lint: disable-next-line(unsafe-typecast) partnerIndex is below PARTNERS_MAX
        return uint16(uint256(1) << partnerIndex);
    }
}
