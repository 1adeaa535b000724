// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice The golden values that the Java and command-line tests read too, computed outside this code base. The room sits
/// at the vectors' address, on their chain.
contract VectorsTest is RoomFixture {
    string private constant DIRECTORY = "../../schemas/src/main/resources/io/sealroom/schemas/vectors/";
    bytes32 private constant QUERY = keccak256("email-overlap");

    string private hashes;
    string private typed;
    string private rows;
    bytes32 private policyHash;
    uint64 private windowStart;
    uint64 private windowEnd;

    function setUp() public override {
        hashes = vm.readFile(string.concat(DIRECTORY, "release-hash.json"));
        typed = vm.readFile(string.concat(DIRECTORY, "eip712.json"));
        rows = vm.readFile(string.concat(DIRECTORY, "merkle.json"));
        nodeKeys = nodeKeysAscending(3);

        policyHash = vm.parseJsonBytes32(hashes, ".policyHash");
        // forge-lint: disable-next-line(unsafe-typecast) times of the vectors
        windowStart = uint64(vm.parseJsonUint(hashes, ".start"));
        // forge-lint: disable-next-line(unsafe-typecast) times of the vectors
        windowEnd = uint64(vm.parseJsonUint(hashes, ".end"));

        IRoom.Configuration memory c = configuration();
        c.room = keccak256(bytes(vm.parseJsonString(hashes, ".room")));
        c.policyHash = policyHash;
        c.start = windowStart;
        c.end = windowEnd;
        c.partners[0].signer = vm.parseJsonAddress(typed, ".address");
        c.queries = new IRoom.Query[](1);
        c.queries[0] = IRoom.Query(QUERY, HOUR);

        vm.chainId(vm.parseJsonUint(hashes, ".chainId"));
        room = deployAt(vm.parseJsonAddress(hashes, ".contract"), c);
    }

    /// Runs the constructor at that very address: the domain separator is computed there.
    function deployAt(address where, IRoom.Configuration memory c) private returns (Room) {
        vm.etch(where, bytes.concat(type(Room).creationCode, abi.encode(c)));
        (bool ok, bytes memory runtime) = where.call("");
        require(ok, "the constructor reverts");
        vm.etch(where, runtime);
        return Room(where);
    }

    function releaseOfVector() private view returns (IRoom.ReleaseInput memory) {
        return IRoom.ReleaseInput(
            QUERY,
            windowStart,
            // forge-lint: disable-next-line(unsafe-typecast) a handful
            uint32(vm.parseJsonUint(hashes, ".rowCount")),
            vm.parseJsonBytes32(hashes, ".root"),
            vm.parseJsonBytes32(hashes, ".mechanismsHash")
        );
    }

    function test_hashRelease_vector_isTheGoldenHash() public view {
        bytes32[] memory commitments = new bytes32[](2);
        commitments[0] = vm.parseJsonBytes32(hashes, ".totals[0].commitment");
        commitments[1] = vm.parseJsonBytes32(hashes, ".totals[1].commitment");
        vm.assertEq(keccak256(abi.encode(commitments)), vm.parseJsonBytes32(hashes, ".totalsHash"), "totals");
        vm.assertEq(
            room.hashRelease(releaseOfVector(), commitments), vm.parseJsonBytes32(hashes, ".releaseHash"), "release"
        );
    }

    function test_domainSeparator_vector_isTheGoldenOne() public view {
        vm.assertEq(room.domainSeparator(), vm.parseJsonBytes32(typed, ".domainSeparator"));
    }

    function test_digests_vector_areTheGoldenOnes() public view {
        assertDigest("Approval", approvalStruct(vm.parseJsonBytes32(typed, ".structs.Approval.message.configuration")));
        assertDigest("Totals", totalsOfVector());
        assertDigest(
            "Release",
            releaseStruct(
                policyHash,
                vm.parseJsonBytes32(typed, ".structs.Release.message.query"),
                windowStart,
                windowEnd,
                vm.parseJsonBytes32(typed, ".structs.Release.message.releaseHash")
            )
        );
    }

    function approvalStruct(bytes32 configurationHash) private view returns (bytes32) {
        return keccak256(
            abi.encode(keccak256("Approval(bytes32 policyHash,bytes32 configuration)"), policyHash, configurationHash)
        );
    }

    function totalsOfVector() private view returns (bytes32) {
        return totalsStruct(
            policyHash,
            vm.parseJsonBytes32(typed, ".structs.Totals.message.partner"),
            windowStart,
            windowEnd,
            vm.parseJsonBytes32(typed, ".structs.Totals.message.commitment")
        );
    }

    function assertDigest(string memory name, bytes32 structHash) private view {
        string memory path = string.concat(".structs.", name);
        vm.assertEq(structHash, vm.parseJsonBytes32(typed, string.concat(path, ".structHash")), name);
        vm.assertEq(
            MessageHashUtils.toTypedDataHash(room.domainSeparator(), structHash),
            vm.parseJsonBytes32(typed, string.concat(path, ".digest")),
            name
        );
    }

    /// The signature in the vectors was made by another implementation; the contract takes it for what it is.
    function test_publish_totalsSignedInTheVector_isTaken() public {
        uint256 key = vm.parseJsonUint(typed, ".privateKey");
        uint256[3] memory keys = [key, partnerKeys[1], partnerKeys[2]];
        for (uint256 i = 0; i < 3; i++) {
            room.approve(i, sign(keys[i], approvalStruct(room.configurationHash())));
        }
        IRoom.TotalsInput[] memory inputs = new IRoom.TotalsInput[](2);
        inputs[0] = IRoom.TotalsInput(
            vm.parseJsonBytes32(typed, ".structs.Totals.message.commitment"),
            vm.parseJsonBytes(typed, ".structs.Totals.signature")
        );
        bytes32 other = keccak256("advertiser's input");
        inputs[1] = IRoom.TotalsInput(
            other, sign(partnerKeys[2], totalsStruct(policyHash, ADVERTISER, windowStart, windowEnd, other))
        );
        bytes32 hash = room.hashRelease(releaseOfVector(), commitmentsOf(inputs));
        bytes32 structHash = releaseStruct(policyHash, QUERY, windowStart, windowEnd, hash);
        bytes[] memory signatures = new bytes[](2);
        signatures[0] = sign(nodeKeys[0], structHash);
        signatures[1] = sign(nodeKeys[1], structHash);
        assertOutcome(room.publish(releaseOfVector(), inputs, signatures), IRoom.Outcome.PUBLISHED);
        vm.assertEq(room.totalsCommitment(PUBLISHER, windowStart, windowEnd), inputs[0].commitment);
    }

    /// Rows never go on chain, but whoever checks one there needs this encoding.
    function test_leaf_vector_isTheGoldenOne() public view {
        for (uint256 i = 0; i < 5; i++) {
            string memory row = string.concat(".rows[", vm.toString(i), "]");
            bytes memory canonical = bytes.concat(
                abi.encode(
                    vm.parseJsonUint(rows, string.concat(row, ".index")),
                    QUERY,
                    vm.parseJsonUint(rows, ".start"),
                    vm.parseJsonUint(rows, ".end")
                ),
                abi.encode(
                    vm.parseJsonBytes32(rows, string.concat(row, ".cell")),
                    vm.parseJsonUint(rows, string.concat(row, ".metric")),
                    vm.parseJsonUint(rows, string.concat(row, ".status")),
                    vm.parseJsonInt(rows, string.concat(row, ".value")),
                    vm.parseJsonBytes32(rows, string.concat(row, ".salt"))
                )
            );
            vm.assertEq(
                keccak256(bytes.concat(keccak256(canonical))), vm.parseJsonBytes32(rows, string.concat(row, ".leaf"))
            );
        }
        vm.assertEq(vm.parseJsonBytes32(rows, ".roots.5"), vm.parseJsonBytes32(hashes, ".root"));
    }
}
