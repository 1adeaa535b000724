// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBudgetLedger} from "../src/IBudgetLedger.sol";
import {IRoom} from "../src/IRoom.sol";
import {Room} from "../src/Room.sol";
import {RoomFixture} from "./RoomFixture.sol";

/// @notice Three rooms over the same data sets, of which the last is not active yet; everything their parties can do, and what
/// a stranger may try. It keeps its own books, which the contracts must agree with.
contract Handler is RoomFixture {
    uint256 private constant ROOMS = 3;
    // A period pays for three of the nine queries of all rooms.
    uint32 private constant PERIOD = 3 * CHARGE;
    uint64 private constant LIFE = 40 * CHARGE;
    // Actions leave the last epoch alone, so that there is always a window that nobody has touched.
    uint64 private constant EPOCHS_USED = 2;

    struct Recorded {
        uint256 room;
        bytes32 query;
        uint64 start;
        bytes32 hash;
    }

    Room[] public rooms;
    // Of the last room; curve arithmetic is too slow to be repeated.
    bytes[] private approvals;
    bytes[] private reveals_;
    Recorded[] public recorded;
    mapping(uint256 room => mapping(bytes32 query => mapping(uint64 start => bytes32))) private hashes;
    mapping(uint256 room => mapping(uint64 start => mapping(uint64 end => bytes32))) private totalsHashes;
    mapping(uint256 room => mapping(bytes32 query => mapping(uint64 epoch => bool))) private paid;
    mapping(uint256 room => bool) private left;
    mapping(uint256 partner => mapping(uint64 epoch => uint256)) public spentInPeriod;
    mapping(uint256 partner => mapping(uint256 room => uint256)) public spentByRoom;

    constructor() {
        epochs = 3;
        setUp();
        vm.warp(START / 1000 - 1);
        for (uint256 i = 0; i < ROOMS; i++) {
            rooms.push(create(configuration()));
        }
        for (uint256 i = 0; i < ROOMS - 1; i++) {
            room = rooms[i];
            for (uint256 partner = 0; partner < 4; partner++) {
                approve(partner);
            }
            for (uint256 partner = 0; partner < 4; partner++) {
                allowed(partner, 4);
                reveal(partner);
            }
        }
        room = rooms[ROOMS - 1];
        for (uint256 i = 0; i < 4; i++) {
            bytes32 keys = keysHash(i);
            bytes memory signature = sign(approverKeys[i], approval(configuration(), keys));
            approvals.push(abi.encodeCall(IRoom.approve, (i, keys, signature)));
            reveals_.push(abi.encodeCall(IRoom.reveal, (i, keysOf(i), proofs(i))));
        }
    }

    function configuration() internal view override returns (IRoom.Configuration memory c) {
        c = super.configuration();
        c.end = START + 3 * EPOCH;
    }

    function registerDatasets() internal override {
        for (uint256 i = 0; i < 4; i++) {
            if (!supplies(i)) continue;
            vm.prank(approver(i));
            ledger.register(id(i), EPOCH, PERIOD, LIFE);
        }
    }

    /// So many charges.
    function allowed(uint256 partner, uint256 charges) private {
        if (!supplies(partner)) return;
        // forge-lint: disable-next-line(unsafe-typecast) at most the limit for life
        allow(partner, address(room), uint64(charges) * CHARGE);
    }

    // ------------------------------------------------------------------------------------------------------------ Actions

    function approves(uint256 partner) external {
        room = rooms[ROOMS - 1];
        vm.assertTrue(taken(approvals[partner % 4]));
    }

    /// Refused exactly as long as somebody has not approved, or its owner allows nothing.
    function reveals(uint256 partner) external {
        partner %= 4;
        room = rooms[ROOMS - 1];
        bool possible = supplies(partner) ? ledger.grant(dataset(partner), address(room)).allowance != 0 : true;
        for (uint256 i = 0; i < 4; i++) {
            if (room.keysOf(i) == 0) possible = false;
        }
        vm.assertTrue(taken(reveals_[partner]) == possible);
    }

    /// Whatever an owner asks for: it is given within the limits, and refused outside.
    function allows(uint256 seed, uint256 partner, uint256 amount) external {
        partner %= 4;
        if (!supplies(partner)) return;
        room = rooms[seed % ROOMS];
        IBudgetLedger.Grant memory grant = ledger.grant(dataset(partner), address(room));
        IBudgetLedger.Account memory account = ledger.account(dataset(partner));
        // forge-lint: disable-next-line(unsafe-typecast) bounded to a uint64
        uint64 allowance = uint64(bound(amount, 0, amount % 8 == 0 ? LIFE + CHARGE : 4 * CHARGE));
        bool possible =
            allowance >= grant.spent && uint256(account.allowed) - grant.allowance + allowance <= account.limitForLife;
        bytes32 meant = found(address(room));
        vm.prank(approver(partner));
        (bool ok,) =
            address(ledger).call(abi.encodeCall(IBudgetLedger.allow, (id(partner), address(room), meant, allowance)));
        vm.assertTrue(ok == possible);
    }

    /// A stranger, or an owner itself, charges.
    function chargesBesides(uint256 partner, uint32 amount, uint64 epoch) external {
        partner %= 4;
        if (!supplies(partner)) return;
        bytes32[] memory list = new bytes32[](1);
        list[0] = dataset(partner);
        vm.prank(approver(partner));
        vm.assertTrue(ledger.charge(list, START / EPOCH + epoch % 3, amount | 1, HOURLY, START) == list[0]);
    }

    function passes(uint256 time) external {
        // forge-lint: disable-next-line(unsafe-typecast) bounded
        vm.warp(block.timestamp + bound(time, 0, DAY / 1000));
    }

    /// Rarely, and late, or there would soon be nothing left to do.
    function leaves(uint256 seed, uint256 partner) external {
        if (seed % 16 != 0) return;
        partner %= 4;
        room = rooms[(seed >> 8) % ROOMS];
        uint64 epoch = START / EPOCH + 2;
        // forge-lint: disable-next-line(block-timestamp) the contract's own rule
        bool possible = epoch > block.timestamp * 1000 / EPOCH && epoch * EPOCH < room.closesAt();
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Leave(bytes32 partner,bytes32 policyHash,uint64 epoch)"),
                id(partner),
                keccak256("policy"),
                epoch
            )
        );
        bytes memory signature = sign(approverKeys[partner], structHash);
        vm.assertTrue(taken(abi.encodeCall(IRoom.leaveFrom, (partner, epoch, signature))) == possible);
        if (possible) left[(seed >> 8) % ROOMS] = true;
    }

    struct Offer {
        uint256 room;
        uint64 start;
        uint64 end;
        IRoom.ReleaseInput[] releases;
        IRoom.WindowTotals totals;
        bytes[] signatures;
    }

    /// Few windows, roots and inputs, so that repeats and conflicts are common.
    function offerOf(uint256 seed) private returns (Offer memory o) {
        o.room = seed % ROOMS;
        room = rooms[o.room];
        uint256 kind = (seed >> 8) % 4;
        uint64 window = kind == 0 ? DAY : HOUR;
        // forge-lint: disable-next-line(unsafe-typecast) bounded
        o.start = START + uint64(bound(seed >> 16, 0, EPOCHS_USED - 1) * EPOCH + bound(seed >> 24, 0, 2) * window);
        o.end = o.start + window;
        if (kind == 0) o.releases = batch(DAILY);
        if (kind == 1) o.releases = batch(HOURLY);
        if (kind == 2) o.releases = batch(HOURLY_TOO);
        if (kind == 3) o.releases = batch(HOURLY, HOURLY_TOO);
        for (uint256 i = 0; i < o.releases.length; i++) {
            if ((seed >> 32) % 8 == 0) o.releases[i].root = "another root";
        }
        o.totals = totals(o.start, o.end, (seed >> 40) % 8 == 0 ? bytes("other input") : bytes("input"));
        o.signatures = quorumOf(2 + (seed >> 48) % 2, o.releases, o.totals);
    }

    /// What honest nodes do, and what a dishonest quorum does.
    function publishes(uint256 seed) external {
        for (uint256 i = 0; i < 3; i++) {
            publishesOne(uint256(keccak256(abi.encode(seed, i))));
        }
    }

    function publishesOne(uint256 seed) private {
        Offer memory o = offerOf(seed);
        bytes memory call = abi.encodeCall(IRoom.publish, (o.totals, o.releases, o.signatures));
        (bool ok, bytes memory result) = address(room).call(call);
        vm.assertTrue(ok == room.active());
        if (!ok) return;

        bytes32 given = keccak256(abi.encode(o.totals.commitments));
        if (totalsHashes[o.room][o.start][o.end] == 0) totalsHashes[o.room][o.start][o.end] = given;
        IRoom.Outcome[] memory outcomes = abi.decode(result, (IRoom.Outcome[]));
        for (uint256 i = 0; i < outcomes.length; i++) {
            assertOutcome(outcomes[i], book(o, o.releases[i]));
        }
    }

    /// The outcome that the own books expect.
    function book(Offer memory o, IRoom.ReleaseInput memory r) private returns (IRoom.Outcome) {
        bytes32 offered = hashOf(r, o.totals);
        bytes32 stored = hashes[o.room][r.query][o.start];
        if (stored == offered) return IRoom.Outcome.ALREADY_PUBLISHED;
        if (stored == bytes32(uint256(1))) return IRoom.Outcome.WITHHELD;
        bool differs = totalsHashes[o.room][o.start][o.end] != keccak256(abi.encode(o.totals.commitments));
        if (stored != 0 || differs) return IRoom.Outcome.CONFLICT;
        bool pays = pay(o.room, r.query, o.start / EPOCH);
        hashes[o.room][r.query][o.start] = pays ? offered : bytes32(uint256(1));
        recorded.push(Recorded(o.room, r.query, o.start, hashes[o.room][r.query][o.start]));
        return pays ? IRoom.Outcome.PUBLISHED : IRoom.Outcome.WITHHELD;
    }

    function pay(uint256 place, bytes32 query, uint64 epoch) private returns (bool) {
        if (paid[place][query][epoch]) return true;
        uint256 readers = room.query(query).datasets;
        for (uint256 i = 0; i < 4; i++) {
            if ((readers >> i) & 1 == 0) continue;
            if (spentInPeriod[i][epoch] + CHARGE > PERIOD) return false;
            uint256 allowance = ledger.grant(dataset(i), address(room)).allowance;
            if (spentByRoom[i][place] + CHARGE > allowance) return false;
        }
        for (uint256 i = 0; i < 4; i++) {
            if ((readers >> i) & 1 == 0) continue;
            spentInPeriod[i][epoch] += CHARGE;
            spentByRoom[i][place] += CHARGE;
        }
        paid[place][query][epoch] = true;
        return true;
    }

    /// One thing is missing or another's: nothing is taken.
    function publishesAskew(uint256 seed, uint256 fault) external {
        Offer memory o = offerOf(seed);
        // Stored totals need no signature: only a fresh window shows that one is asked for. The last fault is a window after
        // the room's end, be it the policy's or a partner's.
        bool stored = room.totalsHash(o.start, o.end) == keccak256(abi.encode(o.totals.commitments));
        fault = bound(fault, stored ? 3 : 0, 9);
        if (fault == 0) o.totals.signatures[seed % 3] = o.signatures[0];
        if (fault == 1) o.totals.signatures = new bytes[](0);
        if (fault == 2) {
            o.totals.signatures[0] =
                sign(partnerKeys[2], totalsStruct(keccak256("policy"), id(0), o.start, o.end, o.totals.commitments[0]));
        }
        if (fault == 3) o.signatures = quorumOf(1, o.releases, o.totals);
        if (fault == 4) o.signatures[1] = o.signatures[0];
        if (fault == 5) o.signatures[0] = o.totals.signatures[0];
        if (fault == 6) o.releases[0].rowCount++;
        if (fault == 9) {
            uint64 closing = left[o.room] ? START + EPOCHS_USED * EPOCH : START + 3 * EPOCH;
            o.totals = totals(closing, closing + (o.end - o.start));
            o.signatures = quorumOf(2, o.releases, o.totals);
        }
        // Signed for another room, or on another chain.
        if (fault == 7) room = rooms[(o.room + 1) % ROOMS];
        bytes memory call = abi.encodeCall(IRoom.publish, (o.totals, o.releases, o.signatures));
        uint256 chainId = block.chainid;
        if (fault == 8) vm.chainId(chainId + 1);
        (bool ok,) = address(room).call(call);
        vm.chainId(chainId);
        vm.assertFalse(ok);
    }

    // -------------------------------------------------------------------------------------------------------------- Books

    function recordedCount() external view returns (uint256) {
        return recorded.length;
    }

    function totalsOf(uint256 place, uint64 from, uint64 to) external view returns (bytes32) {
        return totalsHashes[place][from][to];
    }

    function datasetOf(uint256 partner) external view returns (bytes32) {
        return dataset(partner);
    }

    function budget() external view returns (IBudgetLedger) {
        return ledger;
    }

    function windowOfQuery(bytes32 query) external pure returns (uint64) {
        return windowOf(query);
    }

    /// Everybody does the next honest thing: the owners move their allowances to this room, whoever has not approves and
    /// reveals, and a window that nobody has touched is published. Before the end that a partner has set, the period may be
    /// spent already.
    function goesOn(uint256 place) external returns (bool published) {
        room = rooms[place];
        uint64 from = START + EPOCHS_USED * EPOCH;
        bool closed = room.closesAt() <= from;
        if (closed) from -= HOUR;
        bool last = place == ROOMS - 1;
        for (uint256 i = 0; last && i < 4; i++) {
            vm.assertTrue(taken(approvals[i]));
        }
        for (uint256 i = 0; i < 4; i++) {
            bytes32 held = dataset(i);
            if (held == 0) continue;
            uint64 others = 0;
            for (uint256 j = 0; j < ROOMS; j++) {
                if (j == place) continue;
                uint64 spent = ledger.grant(held, address(rooms[j])).spent;
                others += spent;
                allow(i, address(rooms[j]), spent);
            }
            allow(i, address(room), LIFE - others);
        }
        for (uint256 i = 0; last && i < 4; i++) {
            vm.assertTrue(taken(reveals_[i]));
        }
        bytes32 hash = publish(HOURLY, from);
        bytes32 stored = room.releaseHash(HOURLY, from);
        return stored == hash || (closed && stored == bytes32(uint256(1)));
    }

    function taken(bytes memory data) private returns (bool ok) {
        (ok,) = address(room).call(data);
    }
}
