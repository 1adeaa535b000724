// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {KeyProofCaller} from "./KeyProofCaller.sol";
import {LavishLedger} from "./Ledgers.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice The golden values that the Java and command-line tests read too, computed outside this code base. The room sits
/// at the vectors' address, on their chain.
contract VectorsTest is RoomFixture {
    string private constant DIRECTORY = "../../schemas/src/main/resources/io/sealroom/schemas/vectors/";
    bytes32 private constant QUERY = keccak256("email-overlap");

    string private hashes;
    string private typed;
    string private merkle;
    string private keys;
    address private where;
    address private lavish;
    uint256 private bare;
    uint64 private windowStart;
    uint64 private windowEnd;

    function setUp() public override {
        super.setUp();
        hashes = vm.readFile(string.concat(DIRECTORY, "release-hash.json"));
        typed = vm.readFile(string.concat(DIRECTORY, "eip712.json"));
        merkle = vm.readFile(string.concat(DIRECTORY, "merkle.json"));
        keys = vm.readFile(string.concat(DIRECTORY, "key-proof.json"));
        where = vm.parseJsonAddress(hashes, ".contract");
        // forge-lint: disable-start(unsafe-typecast) times of the vectors
        windowStart = uint64(vm.parseJsonUint(hashes, ".start"));
        windowEnd = uint64(vm.parseJsonUint(hashes, ".end"));
        // forge-lint: disable-end(unsafe-typecast)
        vm.chainId(vm.parseJsonUint(hashes, ".chainId"));
        lavish = address(new LavishLedger());
        bare = vm.snapshotState();
        room = deployAt(ofVectors());
    }

    /// Two suppliers and an evaluator between them; the vectors' key is the publisher's agent.
    function ofVectors() private view returns (IRoom.Configuration memory c) {
        c = configuration();
        c.room = keccak256(bytes(vm.parseJsonString(hashes, ".room")));
        c.policyHash = vm.parseJsonBytes32(hashes, ".policyHash");
        c.start = windowStart;
        c.end = windowEnd;
        c.epochMillis = HOUR;
        c.partners[0].signer = vm.parseJsonAddress(typed, ".address");
        c.queries = new IRoom.Query[](1);
        c.queries[0] = IRoom.Query(QUERY, HOUR, CHARGE, 5);
    }

    /// Runs the constructor at that very address: the domain separator is computed there.
    function deployAt(IRoom.Configuration memory c) private returns (Room) {
        vm.etch(where, bytes.concat(codeOf("Room"), abi.encode(c)));
        (bool ok, bytes memory runtime) = where.call("");
        require(ok, "the constructor reverts");
        vm.etch(where, runtime);
        return Room(where);
    }

    /// Another configuration at the same address, as if the first had never been.
    function deployInstead(IRoom.Configuration memory c) private {
        vm.revertToState(bare);
        room = deployAt(c);
    }

    function message(string memory name, string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(typed, string.concat(".structs.", name, ".message.", field));
    }

    function signature(string memory name) private view returns (bytes memory) {
        return vm.parseJsonBytes(typed, string.concat(".structs.", name, ".signature"));
    }

    // ------------------------------------------------------------------------------------------------------------- Hashes

    function releaseOfVector() private view returns (IRoom.ReleaseInput memory) {
        return IRoom.ReleaseInput(
            QUERY,
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
        bytes32 totalsHash = keccak256(abi.encode(commitments));
        vm.assertEq(totalsHash, vm.parseJsonBytes32(hashes, ".totalsHash"), "totals");
        vm.assertEq(
            room.hashRelease(releaseOfVector(), windowStart, windowEnd, totalsHash),
            vm.parseJsonBytes32(hashes, ".releaseHash"),
            "release"
        );
    }

    // --------------------------------------------------------------------------------------------------------- Signatures

    function test_domainSeparator_vector_isTheGoldenOne() public view {
        vm.assertEq(room.domainSeparator(), vm.parseJsonBytes32(typed, ".domainSeparator"));
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

    function listOfVector() private view returns (IRoom.Release[] memory releases) {
        releases = new IRoom.Release[](2);
        for (uint256 i = 0; i < 2; i++) {
            string memory place = string.concat("releases[", vm.toString(i), "].");
            releases[i] = IRoom.Release(
                message("Releases", string.concat(place, "query")),
                message("Releases", string.concat(place, "releaseHash"))
            );
        }
    }

    function test_digests_vector_areTheGoldenOnes() public view {
        bytes32 policyHash = room.policyHash();
        assertDigest(
            "Approval",
            keccak256(
                abi.encode(
                    keccak256("Approval(bytes32 policyHash,bytes32 configuration,bytes32 keys)"),
                    policyHash,
                    message("Approval", "configuration"),
                    message("Approval", "keys")
                )
            )
        );
        assertDigest("Totals", totalsStruct(policyHash, id(0), windowStart, windowEnd, message("Totals", "commitment")));
        assertDigest("Releases", releasesStruct(policyHash, windowStart, windowEnd, listOfVector()));
    }

    /// The contract takes another implementation's signature for what it is.
    function test_proveTotals_signedInTheVector_isTaken() public {
        uint256 key = vm.parseJsonUint(typed, ".privateKey");
        bytes32 commitment = message("Totals", "commitment");
        bytes memory other = sign(key, totalsStruct(room.policyHash(), id(0), windowStart, windowEnd, "other"));
        vm.expectEmit();
        emit IRoom.TotalsEquivocation(id(0), windowStart, windowEnd, commitment, "other");
        room.proveTotalsEquivocation(
            0,
            windowStart,
            windowEnd,
            IRoom.SignedTotals(commitment, signature("Totals")),
            IRoom.SignedTotals("other", other)
        );
    }

    function test_proveReleases_signedInTheVector_isTaken() public {
        IRoom.Configuration memory c = ofVectors();
        (c.nodes[0], c.partners[0].signer) = (c.partners[0].signer, c.nodes[0]);
        deployInstead(c);
        IRoom.Release[] memory list = listOfVector();
        IRoom.SignedReleases memory golden = IRoom.SignedReleases(listOfVector(), signature("Releases"), 1);
        list[1].releaseHash = "other";
        bytes32 structHash = releasesStruct(c.policyHash, windowStart, windowEnd, list);
        bytes memory own = sign(vm.parseJsonUint(typed, ".privateKey"), structHash);
        vm.expectEmit();
        emit IRoom.ReleaseEquivocation(
            c.nodes[0], list[1].query, windowStart, windowEnd, golden.releases[1].releaseHash, "other"
        );
        room.proveReleaseEquivocation(windowStart, windowEnd, golden, IRoom.SignedReleases(list, own, 1));
    }

    // --------------------------------------------------------------------------------------------------------------- Keys

    /// A room of the vectors' epochs, whose publisher approves with the vectors' key.
    function roomOfKeys() private returns (IRoom.Configuration memory c) {
        c = ofVectors();
        (c.partners[0].approver, c.partners[0].signer) = (c.partners[0].signer, c.partners[0].approver);
        c.epochMillis = DAY;
        // forge-lint: disable-next-line(unsafe-typecast) an epoch of the vectors
        c.start = uint64(vm.parseJsonUint(keys, ".firstEpoch")) * DAY;
        c.end = c.start + 3 * DAY;
        c.partners[0].dataset = 0;
        c.queries[0].datasets = 4;
        deployInstead(c);
    }

    function keyAt(string memory path) private view returns (IRoom.Key memory) {
        return IRoom.Key(
            vm.parseJsonBytes32(keys, string.concat(path, ".x")), vm.parseJsonBytes32(keys, string.concat(path, ".y"))
        );
    }

    function proofAt(string memory path) private view returns (IRoom.Proof memory) {
        return IRoom.Proof(
            vm.parseJsonBytes32(keys, string.concat(path, ".r")), vm.parseJsonBytes32(keys, string.concat(path, ".s"))
        );
    }

    function test_reveal_vector_isTaken() public {
        IRoom.Configuration memory c = roomOfKeys();
        bytes32 commitment = vm.parseJsonBytes32(keys, ".commitment");
        for (uint256 i = 0; i < 4; i++) {
            uint256 key = i == 0 ? vm.parseJsonUint(typed, ".privateKey") : approverKeys[i];
            bytes32 bound = i == 0 ? commitment : keysHash(i);
            room.approve(i, bound, sign(key, approval(c, bound)));
        }
        IRoom.Key[] memory list = new IRoom.Key[](3);
        IRoom.Proof[] memory proofs_ = new IRoom.Proof[](3);
        for (uint256 i = 0; i < 3; i++) {
            string memory path = string.concat(".keys[", vm.toString(i), "]");
            (list[i], proofs_[i]) = (keyAt(path), proofAt(path));
        }
        vm.assertEq(keysHash(id(0), list), commitment);
        vm.expectEmit();
        emit IRoom.KeysRevealed(id(0), list);
        room.reveal(0, list, proofs_);
    }

    /// Secrets and nonces at the edges of their range.
    function test_isValid_vector_isTaken() public {
        vm.etch(where, deploy("KeyProofCaller", "").code);
        for (uint256 i = 0; i < 3; i++) {
            string memory path = string.concat(".others[", vm.toString(i), "]");
            bytes32 partner = keccak256(bytes(vm.parseJsonString(keys, string.concat(path, ".partner"))));
            // forge-lint: disable-next-line(unsafe-typecast) an epoch of the vectors
            uint64 epoch = uint64(vm.parseJsonUint(keys, string.concat(path, ".epoch")));
            vm.assertTrue(KeyProofCaller(where).isValid(partner, epoch, keyAt(path), proofAt(path)));
            vm.assertFalse(KeyProofCaller(where).isValid(partner, epoch + 1, keyAt(path), proofAt(path)));
        }
    }

    function test_leaveFrom_signedInTheVector_isTaken() public {
        IRoom.Configuration memory c = roomOfKeys();
        // forge-lint: disable-next-line(unsafe-typecast) an epoch of the vectors
        uint64 epoch = uint64(vm.parseJsonUint(typed, ".structs.Leave.message.epoch"));
        vm.warp(c.start / 1000);
        room.leaveFrom(0, epoch, signature("Leave"));
        vm.assertEq(room.closesAt(), epoch * DAY);
    }

    // --------------------------------------------------------------------------------------------------------------- Rows

    /// A release of one row, whose leaf is the root, for every row of the vector.
    function test_verifyRow_vector_isTaken() public {
        IRoom.Configuration memory c = ofVectors();
        c.policyHash = keccak256("policy");
        c.ledger = lavish;
        c.partners[0].signer = vm.addr(partnerKeys[0]);
        deployInstead(c);
        (firstEpoch, epochs) = (windowStart / HOUR, 1);
        for (uint256 i = 0; i < 4; i++) {
            approve(c, i);
        }
        for (uint256 i = 0; i < 4; i++) {
            reveal(i);
        }
        for (uint256 i = 0; i < 5; i++) {
            uint256 before = vm.snapshotState();
            assertGolden(rowOfVector(i), vm.parseJsonBytes32(merkle, string.concat(".rows[", vm.toString(i), "].leaf")));
            vm.revertToState(before);
        }
        vm.assertEq(vm.parseJsonBytes32(merkle, ".roots.5"), vm.parseJsonBytes32(hashes, ".root"));
    }

    function assertGolden(IRoom.Row memory row, bytes32 leaf) private {
        IRoom.ReleaseInput[] memory releases = batch(QUERY);
        releases[0].root = leaf;
        IRoom.WindowTotals memory t = totals(row.start, row.end);
        publish(releases, t);
        vm.assertTrue(room.verifyRow(row, releases[0], keccak256(abi.encode(t.commitments)), new bytes32[](0)));
    }

    function rowOfVector(uint256 index) private view returns (IRoom.Row memory row) {
        string memory path = string.concat(".rows[", vm.toString(index), "]");
        // forge-lint: disable-start(unsafe-typecast) values of the vectors
        row.index = uint32(vm.parseJsonUint(merkle, string.concat(path, ".index")));
        row.query = QUERY;
        row.start = uint64(vm.parseJsonUint(merkle, ".start"));
        row.end = uint64(vm.parseJsonUint(merkle, ".end"));
        row.cell = vm.parseJsonBytes32(merkle, string.concat(path, ".cell"));
        row.metric = uint8(vm.parseJsonUint(merkle, string.concat(path, ".metric")));
        row.status = uint8(vm.parseJsonUint(merkle, string.concat(path, ".status")));
        // forge-lint: disable-end(unsafe-typecast)
        row.value = vm.parseJsonInt(merkle, string.concat(path, ".value"));
        row.salt = vm.parseJsonBytes32(merkle, string.concat(path, ".salt"));
    }
}
