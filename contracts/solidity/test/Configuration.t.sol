// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract ConfigurationTest is RoomFixture {
    function refused(IRoom.Configuration memory c, bytes memory reason) private {
        vm.expectRevert(reason);
        factory.create(c);
    }

    // ---------------------------------------------------------------------------------------------------------- Refusals

    function test_constructor_zeroRoom_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.room = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.ROOM, 0));
    }

    function test_constructor_zeroPolicyHash_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.policyHash = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.POLICY_HASH, 0));
    }

    function test_constructor_zeroSemantics_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.semantics = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.SEMANTICS, 0));
    }

    function test_constructor_zeroEpoch_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.epochMillis = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.EPOCH, 0));
    }

    function test_constructor_noLedger_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.ledger = vm.addr(1);
        refused(c, abi.encodeWithSelector(IRoom.NoLedger.selector, vm.addr(1)));
    }

    function test_constructor_endNotAfterStart_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.end = c.start;
        refused(c, abi.encodeWithSelector(IRoom.TimesOutOfOrder.selector, START, START));
    }

    function test_constructor_tooManyEpochs_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.end = START + 257 * EPOCH;
        refused(c, abi.encodeWithSelector(IRoom.TooManyEpochs.selector, 257, 256));
    }

    /// Both ends inside an epoch: it takes one more key than the length of the room would say.
    function test_constructor_epochsAreCountedAtBothEnds_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.start = START + DAY;
        c.end = START + 256 * EPOCH + DAY;
        refused(c, abi.encodeWithSelector(IRoom.TooManyEpochs.selector, 257, 256));
    }

    /// Shortest and longest are told from all queries, in whatever order they stand.
    function test_constructor_longestWindowFirst_bindsTheTimes_reverts() public {
        IRoom.Configuration memory c = configuration();
        (c.queries[0].windowMillis, c.queries[2].windowMillis) = (DAY, HOUR);
        c.start = START + HOUR;
        refused(c, abi.encodeWithSelector(IRoom.TimeNotMultiple.selector, START + HOUR, DAY));
    }

    function test_constructor_firstWindowNoMultipleOfShortest_reverts() public {
        IRoom.Configuration memory c = configuration();
        (c.queries[0].windowMillis, c.queries[1].windowMillis, c.queries[2].windowMillis) =
        (3 * HOUR, 2 * HOUR, 2 * HOUR);
        refused(c, abi.encodeWithSelector(IRoom.WindowNotMultiple.selector, HOURLY, 3 * HOUR, 2 * HOUR));
    }

    /// The room's last millisecond counts, whatever it is in.
    function test_constructor_lastMillisecondInAnEpochMore_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.epochMillis = 2;
        for (uint256 i = 0; i < c.queries.length; i++) {
            c.queries[i].windowMillis = 1;
        }
        c.end = START + 2 * 256;
        create(c);
        c.end += 1;
        refused(c, abi.encodeWithSelector(IRoom.TooManyEpochs.selector, 257, 256));
    }

    function test_constructor_atEveryBound_isTaken() public {
        IRoom.Configuration memory c = configuration();
        c.end = START + 256 * EPOCH;
        c.partners = new IRoom.Partner[](16);
        for (uint160 i = 0; i < 16; i++) {
            address key = address(0x1000 + i);
            c.partners[i] = IRoom.Partner(keccak256(abi.encode(i)), key, key, bytes32(uint256(i) + 1));
        }
        c.nodes = new address[](32);
        for (uint160 i = 0; i < 32; i++) {
            c.nodes[i] = address(0x2000 + i);
        }
        c.quorum = 32;
        c.queries = new IRoom.Query[](64);
        for (uint256 i = 0; i < 64; i++) {
            c.queries[i] = IRoom.Query(keccak256(abi.encode(i)), HOUR, 1, type(uint16).max);
        }
        vm.assertEq(create(c).configurationHash(), keccak256(abi.encode(c)));
    }

    function test_constructor_noPartners_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners = new IRoom.Partner[](0);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.PARTNERS, 0, 16));
    }

    function test_constructor_tooManyPartners_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners = new IRoom.Partner[](17);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.PARTNERS, 17, 16));
    }

    function test_constructor_zeroPartnerId_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[1].id = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.PARTNERS, 1));
    }

    function test_constructor_datasetTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].dataset = c.partners[0].dataset;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateDataset.selector, dataset(0)));
    }

    function test_constructor_zeroPartnerSigner_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].signer = address(0);
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.PARTNERS, 2));
    }

    function test_constructor_partnerIdTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].id = id(0);
        refused(c, abi.encodeWithSelector(IRoom.DuplicateId.selector, IRoom.Field.PARTNERS, id(0)));
    }

    function test_constructor_partnerSignerTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].signer = c.partners[0].signer;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, c.partners[0].signer));
    }

    function test_constructor_zeroApprover_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].approver = address(0);
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.PARTNERS, 2));
    }

    function test_constructor_approverTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].approver = c.partners[0].approver;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, approver(0)));
    }

    function test_constructor_approverAsOthersSigner_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].approver = c.partners[0].signer;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, c.partners[0].signer));
    }

    function test_constructor_noSupplier_reverts() public {
        IRoom.Configuration memory c = configuration();
        for (uint256 i = 0; i < 4; i++) {
            c.partners[i].dataset = 0;
        }
        refused(c, abi.encodeWithSelector(IRoom.NothingSupplied.selector, 4));
    }

    function test_constructor_noNodes_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes = new address[](0);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.NODES, 0, 32));
    }

    function test_constructor_tooManyNodes_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes = new address[](33);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.NODES, 33, 32));
    }

    function test_constructor_quorumOfHalf_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.quorum = 2;
        c.nodes = new address[](4);
        refused(c, abi.encodeWithSelector(IRoom.QuorumOutOfRange.selector, 2, 4));
    }

    function test_constructor_quorumAboveNodes_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.quorum = 4;
        refused(c, abi.encodeWithSelector(IRoom.QuorumOutOfRange.selector, 4, 3));
    }

    function test_constructor_zeroNode_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes[1] = address(0);
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.NODES, 1));
    }

    function test_constructor_nodeTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes[2] = c.nodes[0];
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, c.nodes[0]));
    }

    function test_constructor_partnerAsNode_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes[1] = c.partners[1].signer;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, c.partners[1].signer));
    }

    function test_constructor_approverAsNode_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.nodes[1] = c.partners[3].approver;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, approver(3)));
    }

    function test_constructor_noQueries_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries = new IRoom.Query[](0);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.QUERIES, 0, 64));
    }

    function test_constructor_tooManyQueries_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries = new IRoom.Query[](65);
        refused(c, abi.encodeWithSelector(IRoom.ListSize.selector, IRoom.Field.QUERIES, 65, 64));
    }

    function test_constructor_zeroQueryId_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].id = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.QUERIES, 1));
    }

    function test_constructor_zeroWindow_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].windowMillis = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.QUERIES, 0));
    }

    function test_constructor_zeroCharge_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[2].charge = 0;
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.QUERIES, 2));
    }

    function test_constructor_queryTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].id = HOURLY;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateId.selector, IRoom.Field.QUERIES, HOURLY));
    }

    function test_constructor_queryOverNoPartner_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].datasets = 0;
        refused(c, abi.encodeWithSelector(IRoom.DatasetsOutOfRange.selector, HOURLY_TOO, 0, 13));
    }

    function test_constructor_queryOverAnEvaluator_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].datasets = 7;
        refused(c, abi.encodeWithSelector(IRoom.DatasetsOutOfRange.selector, HOURLY_TOO, 7, 13));
    }

    function test_constructor_queryBeyondThePartners_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].datasets = 17;
        refused(c, abi.encodeWithSelector(IRoom.DatasetsOutOfRange.selector, HOURLY_TOO, 17, 13));
    }

    function test_constructor_windowAcrossEpochs_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].windowMillis = 5 * HOUR;
        refused(c, abi.encodeWithSelector(IRoom.WindowAcrossEpochs.selector, HOURLY_TOO, 5 * HOUR, EPOCH));
    }

    function test_constructor_windowNoMultipleOfShortest_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[0].windowMillis = 2 * HOUR;
        c.queries[1].windowMillis = 3 * HOUR;
        refused(c, abi.encodeWithSelector(IRoom.WindowNotMultiple.selector, HOURLY_TOO, 3 * HOUR, 2 * HOUR));
    }

    function test_constructor_startInsideLongestWindow_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.start = START + HOUR;
        refused(c, abi.encodeWithSelector(IRoom.TimeNotMultiple.selector, START + HOUR, DAY));
    }

    function test_constructor_endInsideLongestWindow_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.end = END - HOUR;
        refused(c, abi.encodeWithSelector(IRoom.TimeNotMultiple.selector, END - HOUR, DAY));
    }

    // ---------------------------------------------------------------------------------------------------------- Effects

    function test_constructor_valid_storesWhatItEnforces() public {
        IRoom.Configuration memory c = configuration();
        bytes32 hash = keccak256(abi.encode(c));

        vm.expectEmit();
        emit IRoom.Opened(c.policyHash, hash, c);
        room = stray(c);

        vm.assertEq(room.configurationHash(), hash, "configurationHash");
        vm.assertEq(room.room(), c.room, "room");
        vm.assertEq(room.policyHash(), c.policyHash, "policyHash");
        vm.assertEq(room.start(), START, "start");
        vm.assertEq(room.end(), END, "end");
        vm.assertEq(room.epochMillis(), EPOCH, "epochMillis");
        vm.assertEq(room.quota(), 1_000_000, "quota");
        vm.assertEq(room.semantics(), 1, "semantics");
        vm.assertEq(room.finalityDepth(), 3, "finalityDepth");
        vm.assertEq(room.quorum(), 2, "quorum");
        vm.assertEq(room.ledger(), address(ledger));
        vm.assertEq(room.domainSeparator(), domain(address(room)), "domain");
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(keccak256(abi.encode(room.partner(i))), keccak256(abi.encode(c.partners[i])), "partner");
        }
        for (uint256 i = 0; i < 3; i++) {
            IRoom.Query memory stored = room.query(c.queries[i].id);
            vm.assertEq(keccak256(abi.encode(stored)), keccak256(abi.encode(c.queries[i])), "query");
        }
    }

    function test_constructor_valid_isNeitherApprovedNorClosed() public {
        room = stray(configuration());
        vm.assertFalse(room.approved());
        vm.assertFalse(room.active());
        vm.assertEq(room.closesAt(), END);
        vm.assertEq(room.keysOf(0), 0);
        vm.assertFalse(room.hasRevealed(0));
    }

    function test_query_unknown_hasNoWindow() public view {
        vm.assertEq(room.query(keccak256("other")).windowMillis, 0);
    }

    function test_partner_beyondThePartners_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IRoom.UnknownPartner.selector, 4, 4));
        room.partner(4);
    }

    /// One key for all that a partner signs is the usual case.
    function test_constructor_approverIsSigner_isTaken() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].signer = c.partners[2].approver;
        vm.assertEq(stray(c).partner(2).signer, approver(2));
    }

    function test_constructor_onePartnerOneNodeOneQuery_isTaken() public {
        IRoom.Configuration memory c = configuration();
        IRoom.Configuration memory least = configuration();
        least.partners = new IRoom.Partner[](1);
        least.nodes = new address[](1);
        least.queries = new IRoom.Query[](1);
        (least.partners[0], least.nodes[0], least.queries[0]) = (c.partners[0], c.nodes[0], c.queries[0]);
        least.queries[0].datasets = 1;
        least.quorum = 1;
        least.epochMillis = HOUR;
        least.end = START + HOUR;
        vm.assertEq(stray(least).configurationHash(), keccak256(abi.encode(least)));
    }

    function test_domainSeparator_otherChain_changes() public {
        bytes32 before = room.domainSeparator();
        vm.chainId(block.chainid + 1);
        vm.assertNotEq(room.domainSeparator(), before);
        vm.assertEq(room.domainSeparator(), domain(address(room)));
    }
}
