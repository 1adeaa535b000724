// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

contract ConfigurationTest is RoomFixture {
    function refused(IRoom.Configuration memory c, bytes memory reason) private {
        vm.expectRevert(reason);
        new Room(c);
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

    function test_constructor_endNotAfterStart_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.end = c.start;
        refused(c, abi.encodeWithSelector(IRoom.TimesOutOfOrder.selector, START, START));
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

    function test_constructor_zeroPartnerSigner_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].signer = address(0);
        refused(c, abi.encodeWithSelector(IRoom.ZeroField.selector, IRoom.Field.PARTNERS, 2));
    }

    function test_constructor_partnerIdTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].id = PUBLISHER;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateId.selector, IRoom.Field.PARTNERS, PUBLISHER));
    }

    function test_constructor_partnerSignerTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[2].signer = c.partners[0].signer;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateSigner.selector, c.partners[0].signer));
    }

    function test_constructor_noSupplier_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.partners[0].supplies = false;
        c.partners[2].supplies = false;
        refused(c, abi.encodeWithSelector(IRoom.NothingSupplied.selector, 3));
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

    function test_constructor_queryTwice_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].id = HOURLY;
        refused(c, abi.encodeWithSelector(IRoom.DuplicateId.selector, IRoom.Field.QUERIES, HOURLY));
    }

    function test_constructor_windowNoMultipleOfShortest_reverts() public {
        IRoom.Configuration memory c = configuration();
        c.queries[1].windowMillis = HOUR + 1;
        refused(c, abi.encodeWithSelector(IRoom.WindowNotMultiple.selector, DAILY, HOUR + 1, HOUR));
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
        room = new Room(c);

        vm.assertEq(room.configurationHash(), hash, "configurationHash");
        vm.assertEq(room.room(), c.room, "room");
        vm.assertEq(room.policyHash(), c.policyHash, "policyHash");
        vm.assertEq(room.start(), START, "start");
        vm.assertEq(room.end(), END, "end");
        vm.assertEq(room.semantics(), 1, "semantics");
        vm.assertEq(room.finalityDepth(), 3, "finalityDepth");
        vm.assertEq(room.quorum(), 2, "quorum");
        vm.assertEq(room.windowMillis(HOURLY), HOUR, "hourly");
        vm.assertEq(room.windowMillis(DAILY), DAY, "daily");
        vm.assertEq(room.windowMillis(keccak256("other")), 0, "unknown query");
        vm.assertEq(room.domainSeparator(), domain(address(room)), "domain");
        vm.assertFalse(room.approved());
    }

    /// The largest room that the bounds allow deploys, and every one of its nodes can sign.
    function test_constructor_largest_deploys() public {
        nodeKeys = nodeKeysAscending(32);
        IRoom.Configuration memory c = configuration();
        c.quorum = 32;
        c.partners = new IRoom.Partner[](16);
        for (uint256 i = 0; i < 16; i++) {
            c.partners[i] = IRoom.Partner(keccak256(abi.encode(i)), vm.addr(0xc001 + i), true);
        }
        c.queries = new IRoom.Query[](64);
        for (uint256 i = 0; i < 64; i++) {
            c.queries[i] = IRoom.Query(keccak256(abi.encode("query", i)), HOUR);
        }
        room = new Room(c);
        vm.assertEq(room.configurationHash(), keccak256(abi.encode(c)));
    }

    function test_domainSeparator_otherChain_changes() public {
        bytes32 before = room.domainSeparator();
        vm.chainId(block.chainid + 1);
        vm.assertNotEq(room.domainSeparator(), before);
        vm.assertEq(room.domainSeparator(), domain(address(room)));
    }
}
